import type net from "node:net";
import tls from "node:tls";
import { pem } from "./certificates.ts";
import { hasIpv6, hasUnanswered } from "./machine.ts";
import { board, obey, type Peer, silentGone } from "./scripts.ts";
import { startServers } from "./servers.ts";
import type { Peers } from "./subject.ts";
import { attemptsAt, unansweredPort } from "./unanswered.ts";

function clientOf(socket: tls.TLSSocket): Peer["client"] {
  const name = socket.getPeerCertificate().subject?.CN;
  return { serverName: socket.servername || undefined, certificate: String(name) };
}

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

/** Starts the peers of the contract on loopback, in this process. */
export async function startPeers(): Promise<{ peers: Peers; stop: () => void }> {
  const { plain, secure, stop } = startServers();
  const unanswered = hasUnanswered ? unansweredPort() : undefined;
  const shared = board(async () => (unanswered ? attemptsAt(unanswered) : 0));
  const scripted = (socket: net.Socket) => obey(peerOf(socket), shared);
  const gone = () => shared.at(silentGone).resolve(undefined);
  const host = "127.0.0.1";
  const peers: Peers = {
    tcp: await plain(scripted),
    tcp6: hasIpv6 ? await plain(scripted, "::1") : undefined,
    refused: { host, port: 1 },
    unknownHost: { host: "no-such-host.invalid", port: 9876 },
    unanswered: unanswered ? { host, port: unanswered } : undefined,
    silent: await plain((socket) => socket.on("end", gone).on("close", gone).resume()),
    greeter: await plain((socket) => socket.end("220 hello\r\n").resume()),
    tls: {
      server: await secure("server", scripted),
      otherHost: await secure("other-host", scripted),
      unknown: await secure("unknown-server", scripted),
      asking: await secure("server", scripted, { ca: pem("ca.pem"), requestCert: true, rejectUnauthorized: true }),
    },
  };
  return { peers, stop };
}
