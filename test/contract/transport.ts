import type { Case, Subject } from "./subject.ts";
import { closing } from "./transport/close.ts";
import { connecting } from "./transport/connect.ts";
import { flow } from "./transport/flow.ts";
import { listening } from "./transport/listen.ts";
import { secure, tlsPeers, trusting, unsupported } from "./transport/tls.ts";

/** The subject with TLS to the scripted peers. */
function encrypted(subject: Subject): Subject {
  const { server } = tlsPeers(subject);
  const connect: Subject["connect"] = (address, options) =>
    subject.connect(address, { ...options, ...trusting(subject) });
  return { ...subject, connect, peers: { ...subject.peers, tcp: server } };
}

const overTls = ({ name, needs = [], run }: Case): Case => ({
  name: `over TLS, ${name}`,
  needs: [...needs, "tls"],
  run: (subject) => run(encrypted(subject)),
});

/** The contract of src/transport/socket.ts without TLS. */
export const plain: readonly Case[] = [...flow, ...closing, ...connecting, ...listening];

/** The whole contract, for every adapter in its runtime. */
export const transport: readonly Case[] = [...plain, ...secure, ...flow.map(overTls), ...closing.map(overTls)];

export { unsupported };
