/** Holds idle connections open: lines `open count url`, and `use`, after which each has had one answer. */
import { work } from "./worker.ts";

/** Less than a listener's backlog. */
const AT_ONCE = 200;

type Native = Bun.Socket<{ answered: () => void }>;
const sockets: Native[] = [];
let target = new URL("http://localhost");

async function open(count: number): Promise<number> {
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - sockets.length) }, () =>
      Bun.connect({
        hostname: target.hostname,
        port: Number(target.port),
        data: { answered: () => {} },
        socket: { data: (socket: Native) => socket.data.answered() },
      }),
    );
    sockets.push(...(await Promise.all(some)));
  }
  return sockets.length;
}

/** One request on each; an answer is short enough to come in one piece. */
async function use(): Promise<number> {
  const request = `GET ${target.pathname} HTTP/1.1\r\nhost: ${target.host}\r\n\r\n`;
  for (let at = 0; at < sockets.length; at += AT_ONCE) {
    const answers = sockets.slice(at, at + AT_ONCE).map((socket) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.data.answered = resolve;
      socket.write(request);
      return promise;
    });
    await Promise.all(answers);
  }
  return sockets.length;
}

await work(async (verb, count = "0", url = "") => {
  if (verb === "use") return use();
  target = new URL(url);
  return open(Number(count));
});
