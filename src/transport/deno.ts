import { formatAddress } from "./address.ts";
import { attempt } from "./attempt.ts";
import { dial, type Hold, secure } from "./deno-dial.ts";
import { adopt } from "./deno-socket.ts";
import { listenFault } from "./faults.ts";
import { openSockets, peerName } from "./open-sockets.ts";
import type { Connect, Listen } from "./socket.ts";

/** How long a listener that cannot accept waits until it tries again. */
const acceptRetryMillis = 50;

/**
 * Connects with `Deno.connect` and Deno's own TLS. Deno trusts the system's authorities besides `ca`, and keeps the
 * connection of an aborted handshake until the peer says something.
 */
export const connect: Connect = (address, { signal, tls } = {}) =>
  attempt(signal, (opened, failed) => {
    let held: Deno.Conn | undefined;
    let released = false;
    const hold: Hold = (conn) => {
      held = conn;
      if (released) conn.close();
      return conn;
    };
    const dialling = tls ? secure(address, tls, hold, signal) : dial(address, hold, signal);
    dialling.then((conn) => opened(adopt(conn, formatAddress(address))), failed);
    return () => {
      released = true;
      held?.close();
    };
  });

/** Listens with `Deno.listen`. */
export const listen: Listen = async ({ host, port }, onSocket) => {
  const open = openSockets();
  let stopped = false;
  let listener: Deno.TcpListener;
  try {
    listener = Deno.listen({ hostname: host, port });
  } catch (error) {
    throw listenFault({ host, port }, error);
  }
  const accept = async () => {
    const conn = await listener.accept();
    const socket = adopt(conn, peerName(conn.remoteAddr.hostname, conn.remoteAddr.port));
    open.add(socket);
    // Apart, so that what it throws does not end the accepting.
    queueMicrotask(() => onSocket(socket));
  };
  const acceptAll = async () => {
    while (!stopped) {
      // Out of file descriptors, mostly: those that are waiting can be accepted later.
      await accept().catch(() => stopped || new Promise((resolve) => setTimeout(resolve, acceptRetryMillis)));
    }
  };
  const accepting = acceptAll();
  const close = async () => {
    if (!stopped) listener.close();
    stopped = true;
    open.closeAll();
    await accepting;
  };
  return { address: { host, port: listener.addr.port }, close };
};
