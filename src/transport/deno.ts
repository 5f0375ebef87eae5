import { formatAddress } from "./address.ts";
import { connectFault, listenFault, readFault, writeFault } from "./faults.ts";
import { connect as connectNode } from "./node.ts";
import { openSockets } from "./open-sockets.ts";
import type { Connect, Listen, Socket } from "./socket.ts";

/** One allocation serves the reads until less than `minReadBytes` of it is left. */
const slabBytes = 64 * 1024;
const minReadBytes = 16 * 1024;

function adopt(conn: Deno.TcpConn, remote: string): Socket {
  const closed = Promise.withResolvers<void>();
  let open = true;
  let slab = new Uint8Array(slabBytes);
  let writing = 0;
  let lastWrite = Promise.resolve();
  conn.setNoDelay(true);

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

/**
 * Connects with `Deno.connect`. TLS goes through `node:tls`: Deno's own cannot be aborted, trusts the system's
 * authorities besides `ca`, and takes no `serverName` together with a client certificate.
 */
export const connect: Connect = async (address, options = {}) => {
  const { signal, tls } = options;
  if (tls) return connectNode(address, options);
  signal?.throwIfAborted();
  try {
    const conn = await Deno.connect({ hostname: address.host, port: address.port, signal });
    return adopt(conn, formatAddress(address));
  } catch (error) {
    throw signal?.aborted ? signal.reason : connectFault(address, error);
  }
};

/** Listens with `Deno.listen`. */
export const listen: Listen = async ({ host, port }, onSocket) => {
  const open = openSockets();
  let listener: Deno.TcpListener;
  try {
    listener = Deno.listen({ hostname: host, port });
  } catch (error) {
    throw listenFault({ host, port }, error);
  }
  const accept = async () => {
    for await (const conn of listener) {
      const { hostname, port } = conn.remoteAddr;
      const socket = adopt(conn, formatAddress({ host: hostname, port }));
      open.add(socket);
      onSocket(socket);
    }
  };
  const accepting = accept().catch(() => {});
  let stopped = false;
  const close = async () => {
    if (!stopped) listener.close();
    stopped = true;
    open.closeAll();
    await accepting;
  };
  return { address: { host, port: listener.addr.port }, close };
};
