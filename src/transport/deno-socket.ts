import { readFault, writeFault } from "./faults.ts";
import type { Socket } from "./socket.ts";

/** One allocation serves the reads until less than `minReadBytes` of it is left. */
const slabBytes = 64 * 1024;
const minReadBytes = 16 * 1024;

/** Makes an open connection of Deno one of ours. */
export function adopt(conn: Deno.Conn, remote: string): Socket {
  const closed = Promise.withResolvers<void>();
  let open = true;
  let slab = new Uint8Array();
  let writing = 0;
  let lastWrite = Promise.resolve();

  const close = () => {
    if (!open) return;
    open = false;
    conn.close();
    closed.resolve();
  };

  // Reads only when somebody pulls, which is all the back-pressure that it takes.
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    if (slab.length < minReadBytes) slab = new Uint8Array(slabBytes);
    try {
      const count = open ? await conn.read(slab) : null;
      if (count === null) return { value: undefined, done: true };
      const value = slab.subarray(0, count);
      slab = slab.subarray(count);
      return { value, done: false };
    } catch (error) {
      // Closing cancels the read.
      if (!open) return { value: undefined, done: true };
      close();
      throw readFault(remote, error);
    }
  };

  const send = async (bytes: Uint8Array) => {
    try {
      for (let sent = 0; sent < bytes.length; ) sent += await conn.write(sent === 0 ? bytes : bytes.subarray(sent));
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
      lastWrite = writing++ === 0 ? send(bytes) : lastWrite.then(() => send(bytes));
      return lastWrite;
    },
    close,
    closed: closed.promise,
  };
}
