import process from "node:process";
import { type ServerType, serve } from "@hono/node-server";
import { listenFault } from "../transport/faults.ts";
import { connect, listen } from "../transport/node.ts";
import type { Host } from "./host.ts";
import { nodeProcess } from "./node-process.ts";
import { main } from "./run.ts";

/** How often a stopping server looks for idle connections. */
const SWEEP_MILLIS = 50;

const host: Host = {
  runtime: `node ${process.versions.node}`,
  connect,
  listen,
  async serve({ host: hostname, port }, fetch) {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const server: ServerType = serve({ fetch, hostname, port }, (address) => resolve(address.port));
    server.on("error", (cause) => reject(listenFault({ host: hostname, port }, cause)));
    return {
      port: await promise,
      async stop(graceMillis) {
        const { promise: closed, resolve: done } = Promise.withResolvers<void>();
        const timer = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), graceMillis);
        const closeIdle = () => "closeIdleConnections" in server && server.closeIdleConnections();
        server.close(() => done());
        closeIdle();
        // A connection whose answer has ended since then is idle too, and Node.js would wait for its caller.
        const sweeper = setInterval(closeIdle, SWEEP_MILLIS);
        await closed;
        clearTimeout(timer);
        clearInterval(sweeper);
      },
    };
  },
};

await main(host, nodeProcess);
