import { chunkQueue } from "./chunk-queue.ts";
import { readFault, writeFault } from "./faults.ts";
import { partialWrites } from "./partial-writes.ts";
import type { Socket } from "./socket.ts";

/** What one step carries at most, so that a large write has to wait for its reader as it does on a network. */
const maxChunkBytes = 64 * 1024;

/** A socket that can also misbehave, for tests of what stands on it. */
export interface MemorySocket extends Socket {
  /** Sends FIN: the peer's `chunks` end, this side can still read. */
  end(): void;
  /** Breaks the connection as RST does: the peer gets faults. */
  reset(): void;
}

/** One direction of a connection. What is written waits, as it does on a network, while nobody reads. */
function pipe(writer: string, reader: string) {
  let room = true;
  const readerGone = Promise.withResolvers<void>();
  const chunks = chunkQueue(
    () => {
      room = false;
    },
    () => {
      room = true;
      writes.drain();
    },
  );
  const writes = partialWrites((bytes, start) => {
    let at = start;
    while (room && at < bytes.length) {
      // A copy, because the writer may use its array again once the write has resolved.
      const chunk = bytes.slice(at, at + maxChunkBytes);
      at += chunk.length;
      chunks.push(chunk);
    }
    return at - start;
  });
  return {
    chunks,
    write: writes.write,
    readerGone: readerGone.promise,
    end() {
      writes.fail(writeFault(reader));
      chunks.end();
    },
    leave() {
      chunks.clear();
      writes.fail(writeFault(reader, new Error("connection closed by the peer")));
      readerGone.resolve();
    },
    break() {
      const error = new Error("connection reset by the peer");
      chunks.fail(readFault(writer, error));
      writes.fail(writeFault(reader, error));
      readerGone.resolve();
    },
  };
}

function memorySocket(
  remote: string,
  incoming: ReturnType<typeof pipe>,
  outgoing: ReturnType<typeof pipe>,
): MemorySocket {
  const close = () => {
    outgoing.end();
    incoming.leave();
  };
  return {
    remote,
    chunks: incoming.chunks,
    write: outgoing.write,
    end: outgoing.end,
    close,
    reset() {
      incoming.break();
      outgoing.break();
    },
    closed: incoming.readerGone,
  };
}

/** The two ends of one connection in memory, each named by how the other one sees it. */
export function memoryPair(client: string, server: string): [client: MemorySocket, server: MemorySocket] {
  const up = pipe(client, server);
  const down = pipe(server, client);
  return [memorySocket(server, down, up), memorySocket(client, up, down)];
}
