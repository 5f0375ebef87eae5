import type { Socket as NativeSocket } from "cloudflare:sockets";
import { Fault } from "../errors.ts";
import { formatAddress } from "./address.ts";
import { attempt } from "./attempt.ts";
import { connectFault } from "./faults.ts";
import type { Address, Connect, TlsOptions } from "./socket.ts";
import { adopt, letGo } from "./workerd-socket.ts";

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
      if (released) letGo(native.close());
      await native.opened;
      return adopt(native, target);
    };
    open().then(opened, (error) => failed(connectFault(address, error)));
    return () => {
      released = true;
      if (native) letGo(native.close());
    };
  });
