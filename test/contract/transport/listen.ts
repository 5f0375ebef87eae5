import type { Listen, Socket } from "../../../src/transport/socket.ts";
import { digest, pattern } from "../bytes.ts";
import { check, equal, faultOf } from "../check.ts";
import type { Case, Subject } from "../subject.ts";
import { hear, say, take } from "../talk.ts";

const anyPort = { host: "127.0.0.1", port: 0 };

function listenOf({ listen }: Subject): Listen {
  check(listen !== undefined, "the subject cannot listen");
  return listen;
}

async function echo(socket: Socket): Promise<void> {
  for await (const chunk of socket.chunks) await socket.write(chunk);
  socket.close();
}

/** The other side: being connected to. */
export const listening: readonly Case[] = [
  {
    name: "listens on a free port and talks to those who connect",
    needs: ["listen"],
    async run(subject) {
      const remotes: string[] = [];
      const listener = await listenOf(subject)(anyPort, (socket) => {
        remotes.push(socket.remote);
        void echo(socket);
      });
      check(listener.address.port > 0, "the port must be the real one");
      const bytes = pattern(4 << 20);
      const socket = await subject.connect(listener.address);
      const [back] = await Promise.all([take(socket, bytes.length), socket.write(bytes)]);
      equal(digest(back), digest(bytes), "the echo");
      check(/^127\.0\.0\.1:[1-9][0-9]*$/.test(remotes.join()), `the accepted peer is ${remotes.join()}`);
      socket.close();
      await listener.close();
    },
  },
  {
    name: "cannot listen where somebody listens",
    needs: ["listen"],
    async run(subject) {
      const listener = await listenOf(subject)(anyPort, (socket) => socket.close());
      const { host, port } = listener.address;
      const message = await faultOf(
        listenOf(subject)(listener.address, () => {}),
        "listen-failed",
      );
      equal(message, `Cannot listen on ${host}:${port}: address already in use`, "the message");
      await listener.close();
    },
  },
  {
    name: "closing a listener closes what it accepted and frees the port",
    needs: ["listen"],
    async run(subject) {
      const accepted = Promise.withResolvers<Socket>();
      const listener = await listenOf(subject)(anyPort, accepted.resolve);
      const socket = await subject.connect(listener.address);
      const theirs = await accepted.promise;
      await Promise.all([listener.close(), listener.close()]);
      await listener.close();
      await theirs.closed;
      await faultOf(say(theirs, "x"), "send-failed");
      equal(await hear(theirs), "", "chunks of the accepted socket");
      equal(await hear(socket), "", "chunks of its peer");
      socket.close();
      await faultOf(subject.connect(listener.address), "connect-failed");
      const again = await listenOf(subject)(listener.address, (late) => late.close());
      await again.close();
    },
  },
];
