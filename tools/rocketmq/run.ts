/** What a finished program left behind. `exitCode` is null when a signal ended it, such as our time limit's. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text for its standard input; empty by default. */
  readonly stdin?: string;
  /** After this the program is killed. */
  readonly timeoutMillis: number;
}

/** Runs a program to its end and collects what it printed. A failing program is a result, not a rejection. */
export async function run(command: readonly string[], options: RunOptions): Promise<Output> {
  const child = Bun.spawn([...command], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdin: new Blob([options.stdin ?? ""]),
    stdout: "pipe",
    stderr: "pipe",
    timeout: options.timeoutMillis,
    killSignal: "SIGKILL",
  });
  const texts = [child.stdout, child.stderr].map((stream) => new Response(stream).text());
  const [stdout = "", stderr = ""] = await Promise.all(texts);
  await child.exited;
  return { stdout, stderr, exitCode: child.exitCode };
}

/** As {@link run}, but a program that fails is an error that quotes it. `purpose` completes "Cannot ...". */
export async function runOrThrow(purpose: string, command: readonly string[], options: RunOptions): Promise<Output> {
  const output = await run(command, options);
  if (output.exitCode === 0) return output;
  const ending =
    output.exitCode === null ? `was killed (limit ${options.timeoutMillis} ms)` : `ended with ${output.exitCode}`;
  throw new Error(`Cannot ${purpose}: ${command[0]} ${ending}\n${output.stdout}${output.stderr}`);
}
