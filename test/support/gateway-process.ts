import { resolve } from "node:path";
import { recordCoverage } from "./coverage.ts";

/** A gateway that runs as a process of its own. */
export interface GatewayProcess {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** `host:port` of the name servers that it talks to. */
  readonly nameServers: readonly string[];
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Ends it as an operator would; resolves with its exit code. */
  stop(signal?: "SIGTERM" | "SIGINT"): Promise<number>;
  /** Ends it as a crash would. */
  kill9(): Promise<void>;
}

export interface GatewayProcessOptions {
  /** Environment of the process, beside PATH. PORT is 0 unless given. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The program, default the entry file for Bun. */
  readonly command?: readonly string[];
}

const root = resolve(import.meta.dir, "../..");
const bunEntry = [process.execPath, "run", "src/runtime/bun.ts"];

/** Starts a gateway and resolves once it listens. Rejects with what it printed when it ends before that. */
export async function startGatewayProcess(options: GatewayProcessOptions = {}): Promise<GatewayProcess> {
  const child = spawn(options);
  let output = "";
  const { promise: listening, resolve: heard } = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      output += decoder.decode(chunk, { stream: true });
      const url = /^listening on (\S+)\n/m.exec(output)?.[1];
      if (url !== undefined) heard(url);
    }
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  const ended = child.exited.then(async (code) => {
    await reading;
    throw new Error(`Cannot start the gateway: it ended with ${code}: ${output}`);
  });
  const url = await Promise.race([listening, ended]);
  ended.catch(() => {});
  return {
    url,
    nameServers: [...output.matchAll(/^name server (\S+)$/gm)].map((match) => match[1] as string),
    pid: child.pid,
    output: () => output,
    async stop(signal = "SIGTERM") {
      await recordCoverage(url);
      child.kill(signal);
      return child.exited;
    },
    async kill9() {
      await recordCoverage(url);
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** Runs a gateway that is expected to end by itself. */
export async function runGatewayProcess(options: GatewayProcessOptions) {
  const child = spawn(options);
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, exitCode };
}

function spawn({ settings = {}, args = [], command = bunEntry }: GatewayProcessOptions) {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, PORT: "0", ...settings };
  return Bun.spawn([...command, ...args], { cwd: root, env, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
}
