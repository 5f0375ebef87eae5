/** A process that answers lines with lines of JSON: see workers/worker.ts. */
export interface Worker {
  readonly pid: number;
  /** From its launch to its first answer. */
  readonly readyMillis: number;
  ask<T>(line: string): Promise<T>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Starts a worker and resolves once it is ready. Rejects, as {@link Worker.ask} does, when it ends by itself. */
export async function startWorker(
  command: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Worker> {
  const startedAt = performance.now();
  const child = Bun.spawn([...command], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const lines = linesOf(child.stdout);
  async function line(): Promise<string> {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`Cannot go on: ${command.join(" ")} ended with ${await child.exited}`);
    return value;
  }
  await line();
  return {
    pid: child.pid,
    readyMillis: performance.now() - startedAt,
    async ask(question) {
      child.stdin.write(`${question}\n`);
      return JSON.parse(await line());
    },
    async stop() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** A worker of ours, by the name of its file. */
export function startBunWorker(name: string, ...args: readonly string[]): Promise<Worker> {
  return startWorker([process.execPath, `${import.meta.dir}/../workers/${name}.ts`, ...args]);
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    yield* lines;
  }
  return undefined;
}
