import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** A command that was run to its end. */
export interface Ended {
  /** 0 when it went well; 128 and the number of the signal that ended it. */
  readonly exitCode: number;
  /** What it wrote to the stream that was asked for. */
  readonly output: string;
}

interface RunOptions {
  /** The stream to keep a copy of. Both streams are passed on as they come. */
  readonly keep?: "stdout" | "stderr";
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Passes on each line of the stream that is kept, its newline included. Default: writes it where it belongs. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command at the root of the project. SIGTERM and SIGINT are passed on to it. */
export async function run(command: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { keep, env = process.env } = options;
  const write = options.onLine ?? ((line: string) => process[keep ?? "stdout"].write(line));
  const child = Bun.spawn([...command], {
    cwd: projectRoot,
    env,
    stdio: ["inherit", keep === "stdout" ? "pipe" : "inherit", keep === "stderr" ? "pipe" : "inherit"],
  });
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, passOn);
  try {
    const kept = keep && child[keep];
    const [output] = await Promise.all([kept ? echo(kept, write) : "", child.exited]);
    return { exitCode: await child.exited, output };
  } finally {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.off(signal, passOn);
  }
}

async function echo(stream: ReadableStream<Uint8Array>, write: (line: string) => void): Promise<string> {
  const decoder = new TextDecoder();
  let output = "";
  let written = 0;
  for await (const chunk of stream) {
    output += decoder.decode(chunk, { stream: true });
    for (let end = output.indexOf("\n", written); end >= 0; end = output.indexOf("\n", written)) {
      write(output.slice(written, end + 1));
      written = end + 1;
    }
  }
  if (written < output.length) write(output.slice(written));
  return output;
}
