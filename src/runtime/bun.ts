import { connect, listen } from "../transport/bun.ts";
import { listenFault } from "../transport/faults.ts";
import type { Host } from "./host.ts";
import { nodeProcess } from "./node-process.ts";
import { main } from "./run.ts";

/** Longer than any answer may take. */
const IDLE_SECONDS = 120;

const host: Host = {
  runtime: `bun ${Bun.version}`,
  connect,
  listen,
  async serve({ host: hostname, port }, fetch) {
    // Bun's own limit answers with no problem document, so the gateway's alone counts.
    const maxRequestBodySize = Number.MAX_SAFE_INTEGER;
    let server: Bun.Server<undefined>;
    try {
      const idleTimeout = IDLE_SECONDS;
      server = Bun.serve({ hostname, port, maxRequestBodySize, idleTimeout, development: false, fetch });
    } catch (cause) {
      throw listenFault({ host: hostname, port }, cause);
    }
    return {
      port: server.port ?? port,
      async stop(graceMillis) {
        const timer = setTimeout(() => server.stop(true), graceMillis);
        await server.stop();
        clearTimeout(timer);
      },
    };
  },
};

await main(host, nodeProcess);
