import type net from "node:net";
import { chunkQueue } from "./chunk-queue.ts";
import { readFault, writeFault } from "./faults.ts";
import type { Socket } from "./socket.ts";

/** Makes an open socket of `node:net` or `node:tls` one of ours. */
export function adopt(native: net.Socket, remote: string): Socket {
  const closed = Promise.withResolvers<void>();
  const chunks = chunkQueue(
    () => native.pause(),
    () => native.resume(),
  );
  let failure: Error | undefined;
  // A plain view, because the `slice` of a Buffer does not copy.
  native.on("data", (data: Buffer) => chunks.push(new Uint8Array(data.buffer, data.byteOffset, data.length)));
  native.on("end", chunks.end);
  native.on("error", (error) => {
    failure = error;
    // Before `end`, which Node still tells of after a TLS alert.
    chunks.fail(readFault(remote, error));
    native.destroy();
  });
  native.on("close", () => {
    chunks.fail(readFault(remote, failure));
    closed.resolve();
  });
  return {
    remote,
    chunks,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        native.write(bytes, (error) => (error ? reject(writeFault(remote, failure ?? error)) : resolve()));
      }),
    close() {
      chunks.clear();
      // `end` says goodbye (TLS has a word for it), `destroy` does not wait until that has arrived.
      native.end();
      native.destroy();
    },
    closed: closed.promise,
  };
}
