import type { Address, TlsOptions } from "../../../src/transport/socket.ts";
import { check, equal, faultOf, rejection, waits } from "../check.ts";
import { silentGone } from "../scripts.ts";
import type { Case, Peers, Subject } from "../subject.ts";
import { ask, hear, order } from "../talk.ts";

/** What a TLS server saw of its client. */
interface Client {
  readonly serverName?: string;
  readonly certificate?: string;
}

type Refusal = readonly [what: string, address: (subject: Subject) => Address, options?: TlsOptions];

export function tlsPeers(subject: Subject): NonNullable<Peers["tls"]> {
  check(subject.peers.tls !== undefined, "no TLS peers");
  return subject.peers.tls;
}

/** Trusts the authority of the tests. */
export const trusting = ({ certificates: { ca } }: Subject, more: TlsOptions = {}) => ({ tls: { ca, ...more } });

const certificate = ({ certificates: { cert, key } }: Subject) => ({ cert, key });

const refusals: readonly Refusal[] = [
  ["a certificate of an unknown authority", (subject) => tlsPeers(subject).unknown],
  ["a certificate for another host", (subject) => tlsPeers(subject).otherHost],
  ["a certificate without the serverName", (subject) => tlsPeers(subject).server, { serverName: "other.example" }],
  ["a peer that does not speak TLS", ({ peers }) => peers.greeter],
];

async function refusal(subject: Subject, [, peer, options]: Refusal): Promise<string> {
  const address = peer(subject);
  const message = await faultOf(subject.connect(address, trusting(subject, options)), "connect-failed");
  check(message.startsWith(`Cannot connect to ${address.host}:${address.port}: `), message);
  return message;
}

/** Aborts a handshake with a peer that says nothing. */
async function abandon(subject: Subject): Promise<void> {
  const reason = new Error("long enough");
  const controller = new AbortController();
  const options = { ...trusting(subject), signal: controller.signal };
  const attempt = subject.connect(subject.peers.silent, options);
  check(await waits(attempt), "the handshake must hang");
  controller.abort(reason);
  const error = await rejection(attempt);
  check(error === reason, `expected the reason, got ${error}`);
}

const refusing = refusals.map(
  (refused): Case => ({
    name: `TLS refuses ${refused[0]}`,
    needs: ["tls"],
    run: async (subject) => {
      await refusal(subject, refused);
    },
  }),
);

/** What TLS adds: whom it trusts, and as whom it speaks. That it carries bytes as well is seen in index.ts. */
export const secure: readonly Case[] = [
  ...refusing,
  {
    name: "TLS refusals say that it was TLS",
    needs: ["tls", "reasons"],
    async run(subject) {
      for (const refused of refusals) {
        const message = await refusal(subject, refused);
        check(message.includes(": TLS handshake failed: "), message);
      }
    },
  },
  {
    name: "TLS without options trusts the system's authorities alone",
    needs: ["tls", "socket-certificates"],
    async run(subject) {
      await faultOf(subject.connect(tlsPeers(subject).server, { tls: {} }), "connect-failed");
    },
  },
  {
    name: "TLS tells the server which host was dialled",
    needs: ["tls"],
    async run(subject) {
      const address = { ...tlsPeers(subject).server, host: "localhost" };
      const client = await ask<Client>(subject, { do: "client" }, address, trusting(subject));
      equal(client.serverName, "localhost", "the server name");
    },
  },
  {
    name: "TLS expects the serverName instead of the host",
    needs: ["tls"],
    async run(subject) {
      const options = trusting(subject, { serverName: "other.example" });
      const client = await ask<Client>(subject, { do: "client" }, tlsPeers(subject).otherHost, options);
      equal(client.serverName, "other.example", "the server name");
    },
  },
  {
    name: "TLS shows a client certificate",
    needs: ["tls", "socket-certificates"],
    async run(subject) {
      const options = trusting(subject, certificate(subject));
      const client = await ask<Client>(subject, { do: "client" }, tlsPeers(subject).asking, options);
      equal(client.certificate, "rocketmq-gateway test client", "the certificate's name");
    },
  },
  {
    name: "TLS shows a client certificate and expects a serverName",
    needs: ["tls", "socket-certificates", "server-name-and-certificate"],
    async run(subject) {
      const options = trusting(subject, { ...certificate(subject), serverName: "localhost" });
      const client = await ask<Client>(subject, { do: "client" }, tlsPeers(subject).asking, options);
      equal(client, { serverName: "localhost", certificate: "rocketmq-gateway test client" }, "the client");
    },
  },
  {
    name: "TLS fails when the client certificate is missing",
    needs: ["tls"],
    async run(subject) {
      // In TLS 1.3 the client is done before the server has looked at its certificate, so it may learn it later.
      const talk = async () =>
        hear(await order(subject, { do: "client" }, tlsPeers(subject).asking, trusting(subject)));
      await faultOf(talk(), "connect-failed", "closed", "send-failed");
    },
  },
  {
    name: "TLS refuses a client certificate that cannot be read",
    needs: ["tls", "socket-certificates"],
    async run(subject) {
      const options = trusting(subject, { ...certificate(subject), key: "nonsense" });
      const message = await faultOf(subject.connect(tlsPeers(subject).server, options), "connect-failed");
      check(message.includes(": TLS handshake failed: "), message);
    },
  },
  {
    name: "a TLS handshake that hangs rejects with the reason when it is aborted",
    needs: ["tls"],
    run: abandon,
  },
  {
    name: "a TLS handshake that is aborted gives the connection back",
    needs: ["tls", "tls-abort"],
    async run(subject) {
      await abandon(subject);
      await ask(subject, { do: "report", report: silentGone });
    },
  },
];

/** What has to happen to TLS options that a runtime does not have: none is silently left out. */
export const unsupported = {
  socketCertificates: {
    name: "TLS certificates of one connection are refused where there are none",
    async run(subject) {
      for (const tls of [{ ca: "any" }, { cert: "any", key: "any" }]) {
        const message = await faultOf(subject.connect(tlsPeers(subject).server, { tls }), "not-supported");
        check(message.startsWith("Cannot connect to 127.0.0.1:"), message);
      }
    },
  },
  serverNameAndCertificate: {
    name: "TLS with a serverName and a client certificate is refused where there is none",
    async run(subject) {
      const options = trusting(subject, { ...certificate(subject), serverName: "localhost" });
      const message = await faultOf(subject.connect(tlsPeers(subject).asking, options), "not-supported");
      check(message.startsWith("Cannot connect to 127.0.0.1:"), message);
    },
  },
} satisfies Record<string, Case>;
