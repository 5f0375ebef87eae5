import { connect, listen } from "../transport/deno.ts";
import { listenFault } from "../transport/faults.ts";
import type { Host } from "./host.ts";
import { nodeProcess } from "./node-process.ts";
import { main } from "./run.ts";
import { writerTo } from "./stdout.ts";

const host: Host = {
  runtime: `deno ${Deno.version.deno}`,
  connect,
  listen,
  async serve({ host: hostname, port }, fetch) {
    const closing = new AbortController();
    let server: Deno.HttpServer<Deno.NetAddr>;
    try {
      server = Deno.serve({ hostname, port, signal: closing.signal, onListen() {} }, fetch);
    } catch (cause) {
      throw listenFault({ host: hostname, port }, cause);
    }
    return {
      port: server.addr.port,
      async stop(graceMillis) {
        const timer = setTimeout(() => closing.abort(), graceMillis);
        await server.shutdown();
        clearTimeout(timer);
      },
    };
  },
};

// Deno's node:fs waits in the event loop until a pipe is read; its own stream doesn't.
const write = writerTo({
  write: (bytes) => Deno.stdout.write(bytes),
  isFull: (error) => error instanceof Deno.errors.WouldBlock,
});

await main(host, { ...nodeProcess, write });
