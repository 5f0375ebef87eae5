import { readFileSync } from "node:fs";
import net from "node:net";
import tls from "node:tls";
import type { Address } from "../../src/transport/socket.ts";
import { board, obey, type Peer, silentGone } from "./scripts.ts";
import type { Certificates, Peers } from "./subject.ts";
import { unansweredPort } from "./unanswered.ts";

const host = "127.0.0.1";

const pem = (file: string) => readFileSync(new URL(`../support/tls/${file}`, import.meta.url), "utf8");

/** The client side's certificates. */
export const certificates: Required<Certificates> = {
  ca: pem("ca.pem"),
  cert: pem("client.pem"),
  key: pem("client.key"),
};

function peerOf(socket: net.Socket): Peer {
  return {
    chunks: { [Symbol.asyncIterator]: () => socket.iterator({ destroyOnReturn: false }) },
    write: (bytes) =>
      new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve()))),
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    client: socket instanceof tls.TLSSocket ? clientOf(socket) : undefined,
  };
}

function clientOf(socket: tls.TLSSocket): Peer["client"] {
  const name = socket.getPeerCertificate().subject?.CN;
  return { serverName: socket.servername || undefined, certificate: String(name) };
}

/** Starts the peers of the contract on loopback. They run in this process, on `node:net` and `node:tls`. */
export async function startPeers(): Promise<{ peers: Peers; stop: () => void }> {
  const at = board();
  const servers: net.Server[] = [];
  const sockets = new Set<net.Socket>();

  const start = async (server: net.Server, event: string, talk: (socket: net.Socket) => unknown): Promise<Address> => {
    server.on(event, (socket: net.Socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      // A broken connection is what some cases are about; whoever waits for it is told by its reads and writes.
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
      talk(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return { host, port: (server.address() as net.AddressInfo).port };
  };
  const plain = (talk: (socket: net.Socket) => unknown) =>
    start(net.createServer({ allowHalfOpen: true }), "connection", talk);
  const secure = (name: string, more: tls.TlsOptions = {}) => {
    const options = { allowHalfOpen: true, cert: pem(`${name}.pem`), key: pem(`${name}.key`), ...more };
    const server = tls.createServer(options);
    server.on("tlsClientError", () => {});
    return start(server, "secureConnection", (socket) => obey(peerOf(socket), at));
  };

  const gone = () => at(silentGone).resolve(undefined);
  const peers: Peers = {
    tcp: await plain((socket) => obey(peerOf(socket), at)),
    refused: { host, port: 1 },
    unknownHost: { host: "no-such-host.invalid", port: 9876 },
    unanswered: { host, port: unansweredPort() },
    silent: await plain((socket) => socket.on("end", gone).on("close", gone).resume()),
    greeter: await plain((socket) => socket.end("220 hello\r\n").resume()),
    tls: {
      server: await secure("server"),
      otherHost: await secure("other-host"),
      unknown: await secure("unknown-server"),
      asking: await secure("server", { ca: certificates.ca, requestCert: true, rejectUnauthorized: true }),
    },
  };
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  };
  return { peers, stop };
}
