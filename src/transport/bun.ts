import { formatAddress } from "./address.ts";
import { attempt } from "./attempt.ts";
import { type Adopted, adopt, events, type Native } from "./bun-socket.ts";
import { connectFault, listenFault, tlsFault } from "./faults.ts";
import { openSockets, peerName } from "./open-sockets.ts";
import type { Connect, Listen, TlsOptions } from "./socket.ts";

function tlsOptions({ ca, cert, key, serverName }: TlsOptions): Bun.TLSOptions {
  // Never an empty object: Bun takes that for plain TCP.
  return { rejectUnauthorized: true, ca, cert, key, serverName };
}

/** Connects with `Bun.connect`. Bun cannot cancel an attempt: an aborted one is closed should it still succeed. */
export const connect: Connect = (address, { signal, tls } = {}) =>
  attempt(signal, (opened, failed) => {
    let native: Native | undefined;
    let released = false;
    const ready = (open: Native) => {
      open.data = adopt(open, formatAddress(address));
      opened(open.data.socket);
    };
    const socket: Bun.SocketHandler<Adopted | undefined> = {
      ...events,
      open(open) {
        native = open;
        if (released) open.terminate();
        else if (!tls) ready(open);
      },
      // `open` and the promise of `Bun.connect` come before the handshake, and data may not be written until now.
      handshake(open, authorized, error) {
        if (authorized && !error) return ready(open);
        failed(tlsFault(address, error ?? undefined));
        open.terminate();
      },
      // A TLS alert after the handshake; the `close` that follows has no reason.
      error: (open, error) => open.data?.close(error),
      connectError: (_, error) => failed(connectFault(address, error)),
    };
    const dial = async () => {
      await Bun.connect<Adopted | undefined>({
        hostname: address.host,
        port: address.port,
        allowHalfOpen: true,
        tls: tls && tlsOptions(tls),
        socket,
      });
    };
    // What `connectError` was not told of is a certificate or a key that cannot be read.
    dial().catch((error) => failed(tlsFault(address, error)));
    return () => {
      released = true;
      native?.terminate();
    };
  });

/** Listens with `Bun.listen`. */
export const listen: Listen = async (address, onSocket) => {
  const open = openSockets();
  let listener: Bun.TCPSocketListener<Adopted | undefined>;
  try {
    listener = Bun.listen<Adopted | undefined>({
      hostname: address.host,
      port: address.port,
      allowHalfOpen: true,
      socket: {
        ...events,
        open(native) {
          native.data = adopt(native, peerName(native.remoteAddress, native.remotePort));
          open.add(native.data.socket);
          onSocket(native.data.socket);
        },
      },
    });
  } catch (error) {
    throw listenFault(address, error);
  }
  return {
    address: { host: address.host, port: listener.port },
    async close() {
      open.closeAll();
      listener.stop(true);
    },
  };
};
