import { bundle } from "./bundle.ts";
import { certificates } from "./certificates.ts";
import { startPeers } from "./peers.ts";
import type { Runner } from "./register.ts";
import type { Job, Outcome } from "./runner.ts";

/** Loopback is private, and workers may not dial private addresses unless they are told that they may. */
const config = (ca: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "internet", network = .network)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
const network :Workerd.Network = (
  allow = ["public", "private"],
  tlsOptions = (trustBrowserCas = false, trustedCertificates = [${JSON.stringify(ca)}]));
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle.mjs")],
  compatibilityDate = "2026-11-01");
`;

/** The port in the first line of the control messages. */
async function listening(stream: ReadableStream<Uint8Array>): Promise<number> {
  let text = "";
  for await (const chunk of stream) {
    text += new TextDecoder().decode(chunk);
    const port = /"port":(\d+)/.exec(text)?.[1];
    if (port) return Number(port);
  }
  throw new Error(`Cannot start workerd: it ended, and said ${text}`);
}

/** Starts workerd with the cases in a worker; one request runs one case, against peers in this process. */
export async function startWorkerd(path: string): Promise<Runner> {
  const { peers, stop } = await startPeers();
  const { folder, remove } = await bundle("workerd.ts", "browser");
  await Bun.write(`${folder}/config.capnp`, config(certificates.ca));
  const command = [path, "serve", `${folder}/config.capnp`, "--control-fd=1"];
  const running = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
  // It logs every connection that fails, which is of interest only when it fails itself.
  const log = new Response(running.stderr).text();
  const url = `http://127.0.0.1:${await listening(running.stdout)}`;
  const { cert, key } = certificates;
  return {
    async outcome({ name }) {
      const job: Job = { setting: { peers, certificates: { cert, key } }, names: [name] };
      const response = await fetch(url, { method: "POST", body: JSON.stringify(job) }).catch(async (error) => {
        running.kill();
        throw new Error(`workerd does not answer: ${error}: ${await log}`);
      });
      const outcomes: Outcome[] = await response.json();
      return outcomes[0] ?? { name, error: "the worker knows no such case" };
    },
    async stop() {
      running.kill();
      stop();
      await remove();
    },
  };
}
