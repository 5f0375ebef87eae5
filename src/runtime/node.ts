import process from "node:process";
import { type ServerType, serve } from "@hono/node-server";
import { listenFault } from "../transport/faults.ts";
import { connect, listen } from "../transport/node.ts";
import type { Host } from "./host.ts";
import { nodeProcess } from "./node-process.ts";
import { main } from "./run.ts";

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
        server.close(() => done());
        if ("closeIdleConnections" in server) server.closeIdleConnections();
        await closed;
        clearTimeout(timer);
      },
    };
  },
};

await main(host, nodeProcess);
