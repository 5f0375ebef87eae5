import { Fault } from "../errors.ts";
import { formatAddress } from "./address.ts";
import { attempt } from "./attempt.ts";
import { adopt } from "./deno-socket.ts";
import { connectFault, listenFault, tlsFault } from "./faults.ts";
import { openSockets, peerName } from "./open-sockets.ts";
import type { Address, Connect, Listen, TlsOptions } from "./socket.ts";

/** How long a listener that cannot accept waits until it tries again. */
const acceptRetryMillis = 50;

/** Gets every connection of an attempt as soon as there is one. */
type Hold = <C extends Deno.Conn>(conn: C) => C;

async function dial({ host: hostname, port }: Address, hold: Hold, signal?: AbortSignal): Promise<Deno.TcpConn> {
  try {
    const conn = hold(await Deno.connect({ hostname, port, signal }));
    conn.setNoDelay(true);
    return conn;
  } catch (error) {
    throw connectFault({ host: hostname, port }, error);
  }
}

async function start(address: Address, tls: TlsOptions, hold: Hold, signal?: AbortSignal): Promise<Deno.TlsConn> {
  const { host: hostname, port } = address;
  const { ca, cert, key, serverName = hostname } = tls;
  const caCerts = ca ? [ca] : [];
  if (cert === undefined || key === undefined) {
    return Deno.startTls(await dial(address, hold, signal), { hostname: serverName, caCerts });
  }
  if (serverName !== hostname) {
    const why = "Deno has no server name together with a client certificate";
    throw new Fault("not-supported", `Cannot connect to ${formatAddress(address)}: ${why}`);
  }
  try {
    return await Deno.connectTls({ hostname, port, caCerts, cert, key });
  } catch (error) {
    // The handshake is still to come: only the certificate and the key can have been wrong, and TCP.
    const fault = error instanceof Error && error.name === "InvalidData" ? tlsFault : connectFault;
    throw fault(address, error);
  }
}

async function secure(address: Address, tls: TlsOptions, hold: Hold, signal?: AbortSignal): Promise<Deno.Conn> {
  try {
    const conn = hold(await start(address, tls, hold, signal));
    await conn.handshake();
    return conn;
  } catch (error) {
    throw error instanceof Fault ? error : tlsFault(address, error);
  }
}

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
