import net from "node:net";
import tls from "node:tls";
import type { Address } from "../../src/transport/socket.ts";
import { pem } from "./certificates.ts";

type Talk = (socket: net.Socket) => unknown;

/** Servers on free loopback ports, on `node:net` and `node:tls`, that are stopped together. */
export function startServers() {
  const servers: net.Server[] = [];
  const sockets = new Set<net.Socket>();

  const start = async (server: net.Server, host: string): Promise<Address> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return { host, port: (server.address() as net.AddressInfo).port };
  };

  const served = (talk: Talk) => (socket: net.Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    // A broken connection is what some cases are about; whoever waits for it is told by its reads and writes.
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    talk(socket);
  };

  return {
    plain: (talk: Talk, host = "127.0.0.1") => start(net.createServer({ allowHalfOpen: true }, served(talk)), host),
    /** A TLS server with the certificate of that name. */
    secure(name: string, talk: Talk, more: tls.TlsOptions = {}) {
      const options = { allowHalfOpen: true, cert: pem(`${name}.pem`), key: pem(`${name}.key`), ...more };
      const server = tls.createServer(options, served(talk));
      // Refused handshakes are what some cases are about.
      server.on("tlsClientError", () => {});
      return start(server, "127.0.0.1");
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      for (const server of servers) server.close();
    },
  };
}
