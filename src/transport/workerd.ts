import type { Socket as NativeSocket } from "cloudflare:sockets";
import { Fault } from "../errors.ts";
import { formatAddress } from "./address.ts";
import { attempt } from "./attempt.ts";
import { connectFault, readFault, writeFault } from "./faults.ts";
import type { Address, Connect, Socket, TlsOptions } from "./socket.ts";

/** What one read takes at most. The buffer goes with the chunk, so it is no larger than a usual reply. */
const readBytes = 16 * 1024;

function adopt(native: NativeSocket, remote: string): Socket {
  const closed = Promise.withResolvers<void>();
  const reader = native.readable.getReader({ mode: "byob" });
  const writer = native.writable.getWriter();
  let open = true;
  let writing = 0;

  const close = () => {
    if (!open) return;
    open = false;
    // None is awaited, because they wait for the peer. While a write waits, `close` alone would do nothing.
    if (writing > 0) void Promise.allSettled([writer.abort(), reader.cancel()]);
    void Promise.allSettled([native.close()]);
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

async function dial({ host, port }: Address, tls?: TlsOptions): Promise<NativeSocket> {
  // Imported here, because a static import keeps the bundle from starting anywhere else.
  const { connect } = await import("cloudflare:sockets");
  const address = { hostname: host.includes(":") ? `[${host}]` : host, port };
  const { serverName } = tls ?? {};
  if (!serverName) return connect(address, { secureTransport: tls ? "on" : "off", allowHalfOpen: true });
  const plain = connect(address, { secureTransport: "starttls", allowHalfOpen: true });
  return plain.startTls({ expectedServerHostname: serverName });
}

/**
 * Connects with `cloudflare:sockets`. A socket belongs to the request, or the Durable Object, that opened it. Whom TLS
 * trusts is configured for the whole worker, and a refused connection, an unknown host and a bad certificate look alike.
 */
export const connect: Connect = (address, { signal, tls } = {}) =>
  attempt(signal, (opened, failed) => {
    const target = formatAddress(address);
    if (tls?.ca !== undefined || tls?.cert !== undefined) {
      throw new Fault("not-supported", `Cannot connect to ${target}: workerd has no certificates of one connection`);
    }
    let native: NativeSocket | undefined;
    let released = false;
    const open = async () => {
      native = await dial(address, tls);
      if (released) native.close();
      await native.opened;
      return adopt(native, target);
    };
    open().then(opened, (error) => failed(connectFault(address, error)));
    return () => {
      released = true;
      native?.close();
    };
  });
