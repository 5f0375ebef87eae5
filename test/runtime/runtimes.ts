import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findRuntime } from "../runtimes/find.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";

const root = resolve(import.meta.dir, "../..");

type Settings = Readonly<Record<string, string>>;

/** A runtime that the gateway runs on as a process. */
export interface GatewayRuntime {
  readonly name: string;
  /** Why it can't be tried here. */
  readonly missing: string | undefined;
  start(settings: Settings): Promise<GatewayProcess>;
}

/** What one wants of a worker: it answers, and it can be ended. */
export interface Worker {
  readonly url: string;
  stop(): Promise<void>;
}

function program(name: "deno" | "node"): string {
  const found = findRuntime(name);
  return found.missing === undefined ? found.path : "";
}

/** A bundle as package.json's build scripts make it, in a folder that goes with the process. */
async function build(script: "build:node" | "build:worker"): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), "rocketmq-gateway-"));
  const file = join(folder, "bundle.mjs");
  const { scripts } = await Bun.file(join(root, "package.json")).json();
  const words = (scripts[script] as string)
    .replaceAll("'", "")
    .replace(/--outfile=\S+/, `--outfile=${file}`)
    .split(" ");
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, ...words.slice(1)], { cwd: root });
  if (exitCode !== 0) throw new Error(`Cannot ${script}: ${stderr}`);
  return { folder, file };
}

export const runtimes: readonly GatewayRuntime[] = [
  { name: "Bun", missing: undefined, start: (settings) => startGatewayProcess({ settings }) },
  {
    name: "Deno",
    missing: findRuntime("deno").missing,
    async start(settings) {
      const { tasks } = await Bun.file(join(root, "deno.json")).json();
      const flags = (tasks.start as string).split(" ").filter((word) => !word.includes("DENO_") && word !== "deno");
      const command = [program("deno"), ...flags];
      return startGatewayProcess({ settings: { ...settings, DENO_NO_PACKAGE_JSON: "1" }, command });
    },
  },
  {
    name: "Node.js",
    missing: findRuntime("node").missing,
    async start(settings) {
      const { folder, file } = await build("build:node");
      const gateway = await startGatewayProcess({ settings, command: [program("node"), file] });
      await rm(folder, { recursive: true });
      return gateway;
    },
  },
];

const capnp = (bindings: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "internet", network = (allow = ["public", "private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle.mjs")],
  bindings = [${bindings}],
  compatibilityDate = "2026-11-01");
`;

export const workerdMissing = findRuntime("workerd").missing;

/** Starts workerd with the gateway as its worker. */
export async function startWorker(settings: Settings): Promise<Worker> {
  const found = findRuntime("workerd");
  if (found.missing !== undefined) throw new Error(found.missing);
  const { folder } = await build("build:worker");
  const bindings = Object.entries(settings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  await Bun.write(`${folder}/config.capnp`, capnp(bindings.join(", ")));
  const command = [found.path, "serve", `${folder}/config.capnp`, "--control-fd=1"];
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "inherit" });
  const port = await portOf(child.stdout);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await child.exited;
      await rm(folder, { recursive: true });
    },
  };
}

/** The port in the first control message. */
async function portOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let text = "";
  for await (const chunk of stream) {
    text += new TextDecoder().decode(chunk);
    const port = /"port":(\d+)/.exec(text)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`Cannot start workerd: it ended, and said ${text}`);
}
