import net from "node:net";
import tls from "node:tls";
import { formatAddress } from "./address.ts";
import { attempt } from "./attempt.ts";
import { connectFault, listenFault, tlsFault } from "./faults.ts";
import { adopt } from "./node-socket.ts";
import { openSockets, peerName } from "./open-sockets.ts";
import type { Address, Connect, Listen, TlsOptions } from "./socket.ts";

function dial({ host, port }: Address, options: TlsOptions | undefined): net.Socket {
  if (!options) return net.connect({ host, port, allowHalfOpen: true });
  const { ca, cert, key, serverName } = options;
  // SNI is for names alone; without it the certificate is checked against `host`.
  const servername = serverName ?? (net.isIP(host) ? undefined : host);
  const all = { host, port, ca, cert, key, servername, allowHalfOpen: true };
  try {
    return tls.connect(all);
  } catch (error) {
    // A certificate or a key that cannot be read fails before anything is dialled.
    throw tlsFault({ host, port }, error);
  }
}

/** Connects with `node:net` and `node:tls`. */
export const connect: Connect = (address, { signal, tls: options } = {}) =>
  attempt(signal, (opened, failed) => {
    const native = dial(address, options);
    let fault = connectFault;
    native.setNoDelay(true);
    native.on("error", (error) => failed(fault(address, error)));
    native.once("connect", () => {
      fault = tlsFault;
    });
    native.once(options ? "secureConnect" : "connect", () => opened(adopt(native, formatAddress(address))));
    return () => native.destroy();
  });

/** Listens with `node:net`. */
export const listen: Listen = (address, onSocket) => {
  const open = openSockets();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (native) => {
    const { remoteAddress = "unknown", remotePort = 0 } = native;
    const socket = adopt(native, peerName(remoteAddress, remotePort));
    open.add(socket);
    onSocket(socket);
  });
  const closed = Promise.withResolvers<void>();
  server.once("close", closed.resolve);
  const close = () => {
    if (server.listening) server.close();
    open.closeAll();
    return closed.promise;
  };
  return new Promise((resolve, reject) => {
    server.on("error", (error) => reject(listenFault(address, error)));
    server.listen(address.port, address.host, () => {
      const { port } = server.address() as net.AddressInfo;
      resolve({ address: { host: address.host, port }, close });
    });
  });
};
