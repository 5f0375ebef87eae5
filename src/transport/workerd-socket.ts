import type { Socket as NativeSocket } from "cloudflare:sockets";
import { readFault, writeFault } from "./faults.ts";
import type { Socket } from "./socket.ts";

/** What one read takes at most. The buffer goes with the chunk, so it is no larger than a usual reply. */
const readBytes = 16 * 1024;

/** Not awaited, because they wait for the peer; and nobody can do anything about their failures. */
export function letGo(...endings: Promise<unknown>[]): void {
  void Promise.allSettled(endings);
}

/** Makes an open socket of workerd one of ours. */
export function adopt(native: NativeSocket, remote: string): Socket {
  const closed = Promise.withResolvers<void>();
  const reader = native.readable.getReader({ mode: "byob" });
  const writer = native.writable.getWriter();
  let open = true;
  let writing = 0;

  const close = () => {
    if (!open) return;
    open = false;
    // While a write waits, `close` alone would wait with it.
    if (writing > 0) letGo(writer.abort(), reader.cancel());
    letGo(native.close());
    closed.resolve();
  };

  // Reads only when somebody pulls, which is all the back-pressure that it takes.
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    if (!open) return { value: undefined, done: true };
    try {
      const { value, done } = await reader.read(new Uint8Array(readBytes));
      return done || !open ? { value: undefined, done: true } : { value, done: false };
    } catch (error) {
      // Closing cancels the read.
      if (!open) return { value: undefined, done: true };
      close();
      throw readFault(remote, error);
    }
  };

  const send = async (bytes: Uint8Array) => {
    writing++;
    try {
      await writer.write(bytes);
    } catch (error) {
      throw writeFault(remote, open ? error : undefined);
    } finally {
      writing--;
    }
  };

  return {
    remote,
    chunks: { [Symbol.asyncIterator]: () => ({ next }) },
    write(bytes) {
      if (!open) return Promise.reject(writeFault(remote));
      return send(bytes);
    },
    close,
    closed: closed.promise,
  };
}
