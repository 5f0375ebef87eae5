import { check, equal, faultOf, rejection, waits } from "../check.ts";
import type { Case, Subject } from "../subject.ts";
import { ask, hear, order, say, take } from "../talk.ts";

async function refusal(subject: Subject, host: "refused" | "unknownHost"): Promise<string> {
  const address = subject.peers[host];
  const message = await faultOf(subject.connect(address), "connect-failed");
  check(message.startsWith(`Cannot connect to ${address.host}:${address.port}: `), message);
  return message;
}

const never = new AbortController().signal;

const attempts = (subject: Subject) => ask<number>(subject, { do: "attempts" });

/** Aborts an attempt that hangs. */
async function abandon(subject: Subject, meanwhile = async () => {}): Promise<void> {
  const { unanswered } = subject.peers;
  check(unanswered !== undefined, "no address that does not answer");
  const reason = new Error("long enough");
  const controller = new AbortController();
  const attempt = subject.connect(unanswered, { signal: controller.signal });
  check(await waits(attempt), "the attempt must hang");
  await meanwhile();
  controller.abort(reason);
  const error = await rejection(attempt);
  check(error === reason, `expected the reason, got ${error}`);
}

/** Attempts that succeed, that fail, and that are given up. */
export const connecting: readonly Case[] = [
  {
    name: "connects to an IPv6 address",
    needs: ["ipv6"],
    async run(subject) {
      const { tcp6 } = subject.peers;
      check(tcp6 !== undefined, "no IPv6 peer");
      const socket = await order(subject, { do: "say", text: "hello" }, tcp6);
      equal(socket.remote, `[::1]:${tcp6.port}`, "remote");
      equal(await hear(socket), "hello", "the text");
      socket.close();
    },
  },
  {
    name: "a refused connection is a fault",
    async run(subject) {
      await refusal(subject, "refused");
    },
  },
  {
    name: "a refused connection says so",
    needs: ["reasons"],
    async run(subject) {
      const message = await refusal(subject, "refused");
      check(message.endsWith(": connection refused"), message);
    },
  },
  {
    name: "an unknown host is a fault",
    needs: ["host-names"],
    async run(subject) {
      await refusal(subject, "unknownHost");
    },
  },
  {
    name: "an unknown host says so",
    needs: ["host-names", "reasons"],
    async run(subject) {
      const message = await refusal(subject, "unknownHost");
      check(message.includes(": unknown host"), message);
    },
  },
  {
    name: "a signal that is aborted already rejects with its reason",
    async run(subject) {
      const reason = new Error("too late");
      const error = await rejection(subject.connect(subject.peers.tcp, { signal: AbortSignal.abort(reason) }));
      check(error === reason, `expected the reason, got ${error}`);
    },
  },
  {
    name: "an attempt that hangs rejects with the reason when it is aborted",
    needs: ["unanswered"],
    run: (subject) => abandon(subject),
  },
  {
    name: "an attempt that is aborted gives its socket back",
    needs: ["unanswered", "attempt-abort"],
    async run(subject) {
      await abandon(subject, async () => {
        check((await attempts(subject)) > 0, "the attempt must be seen");
      });
      while ((await attempts(subject)) > 0);
    },
  },
  {
    name: "an attempt that hangs ends with the timeout of its signal",
    needs: ["unanswered"],
    async run({ connect, peers: { unanswered } }) {
      check(unanswered !== undefined, "no address that does not answer");
      const error = await rejection(connect(unanswered, { signal: AbortSignal.timeout(50) }));
      equal(error instanceof Error && error.name, "TimeoutError", "the reason");
    },
  },
  {
    name: "a signal that is aborted later does not touch the connection",
    async run(subject) {
      const controller = new AbortController();
      const socket = await order(subject, { do: "echo" }, undefined, { signal: controller.signal });
      controller.abort(new Error("not any more"));
      await say(socket, "still here");
      equal(new TextDecoder().decode(await take(socket, 10)), "still here", "the echo");
      socket.close();
    },
  },
  {
    name: "a refused attempt with a signal is a fault as well",
    async run(subject) {
      await faultOf(subject.connect(subject.peers.refused, { signal: never }), "connect-failed");
    },
  },
];
