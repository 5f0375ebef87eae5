import { connect, listen } from "../transport/bun.ts";
import { listenFault } from "../transport/faults.ts";
import type { Host } from "./host.ts";
import { nodeProcess } from "./node-process.ts";
import { main } from "./run.ts";

const host: Host = {
  runtime: `bun ${Bun.version}`,
  connect,
  listen,
  async serve({ host: hostname, port, maxBodyBytes }, fetch) {
    // Bun cuts off a body above its own limit without an answer, so the gateway's limit must come first.
    const maxRequestBodySize = maxBodyBytes + 1_024;
    let server: Bun.Server<undefined>;
    try {
      server = Bun.serve({ hostname, port, maxRequestBodySize, idleTimeout: 120, fetch });
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
