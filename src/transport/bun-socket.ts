import { chunkQueue } from "./chunk-queue.ts";
import { readFault, writeFault } from "./faults.ts";
import { partialWrites } from "./partial-writes.ts";
import type { Socket } from "./socket.ts";

/** What the events of one native socket lead to. */
export interface Adopted {
  readonly socket: Socket;
  readonly data: (chunk: Uint8Array) => void;
  readonly drain: () => void;
  readonly end: () => void;
  readonly close: (error?: Error) => void;
}

export type Native = Bun.Socket<Adopted | undefined>;

/** Makes a native socket, open and with its TLS handshake done, one of ours. To be kept as its `data`. */
export function adopt(native: Native, remote: string): Adopted {
  native.setNoDelay(true);
  const closed = Promise.withResolvers<void>();
  const chunks = chunkQueue(
    () => native.pause(),
    () => native.resume(),
  );
  const writes = partialWrites((bytes, from) => {
    // The length is given, because Bun takes the default for the whole array's.
    const taken = native.write(bytes, from, bytes.length - from);
    if (taken >= 0) return taken;
    writes.fail(writeFault(remote));
    return 0;
  });
  const close = () => {
    chunks.clear();
    writes.fail(writeFault(remote));
    native.close();
  };
  return {
    socket: { remote, chunks, write: writes.write, close, closed: closed.promise },
    data: chunks.push,
    drain: writes.drain,
    end: chunks.end,
    close(error) {
      chunks.fail(readFault(remote, error));
      writes.fail(writeFault(remote, error));
      closed.resolve();
    },
  };
}

/** Sends each event to the `Adopted` of its socket. */
export const events = {
  // A plain view, because the `slice` of a Buffer does not copy. Bun gives each event bytes of its own.
  data: (native: Native, { buffer, byteOffset, length }: Buffer) =>
    native.data?.data(new Uint8Array(buffer, byteOffset, length)),
  drain: (native: Native) => native.data?.drain(),
  end: (native: Native) => native.data?.end(),
  close: (native: Native, error?: Error) => native.data?.close(error),
};
