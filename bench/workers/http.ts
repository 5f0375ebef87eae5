/** A loader for HTTP: as many keep-alive connections as calls under way, lines `concurrency millis url`. */
import { type Load, type LoadResult, stopwatch } from "../load/load.ts";
import { loadOf, work } from "./worker.ts";

const CRLF = 2;
const CHAR_2 = 50;

/** How long the answer at the beginning of these bytes is, 0 while that isn't known. Throws for a status other than 200. */
function answerBytes(bytes: Buffer): number {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return 0;
  const head = bytes.toString("latin1", 0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (!head.startsWith("HTTP/1.1 200 ") || length === undefined) throw new Error(`Cannot go on: ${head}`);
  return headEnd + 2 * CRLF + Number(length);
}

interface Connection {
  beganAt: number;
  partial: Buffer | undefined;
}

async function run(load: Load, target: URL): Promise<LoadResult> {
  const { lap, result } = stopwatch(load);
  const request = Buffer.from(`GET ${target.pathname} HTTP/1.1\r\nhost: ${target.host}\r\naccept: */*\r\n\r\n`);
  const { promise, resolve } = Promise.withResolvers<LoadResult>();
  let underWay = load.concurrency;
  /** All answers are alike, so a chunk as long as the first one is a whole answer: its head need not be searched. */
  let usual = 0;

  function ask(socket: Bun.Socket<Connection>): void {
    socket.data.beganAt = performance.now();
    if (socket.write(request) !== request.length) throw new Error("Cannot send: the socket took only a part");
  }

  function isWhole(data: Connection, chunk: Buffer): boolean {
    if (data.partial === undefined && chunk.length === usual && chunk[9] === CHAR_2) return true;
    data.partial = data.partial ? Buffer.concat([data.partial, chunk]) : chunk;
    const length = answerBytes(data.partial);
    if (length === 0 || data.partial.length < length) return false;
    data.partial = undefined;
    usual = length;
    return true;
  }

  await Promise.all(
    Array.from({ length: load.concurrency }, () =>
      Bun.connect<Connection>({
        hostname: target.hostname,
        port: Number(target.port),
        data: { beganAt: 0, partial: undefined },
        socket: {
          open: ask,
          data(socket, chunk) {
            if (!isWhole(socket.data, chunk)) return;
            if (lap(socket.data.beganAt)) return ask(socket);
            socket.terminate();
            if (--underWay === 0) resolve(result());
          },
          end() {
            throw new Error("Cannot go on: the server closed a connection");
          },
        },
      }),
    ),
  );
  return promise;
}

await work((concurrency, millis, url = "") => run(loadOf(concurrency, millis), new URL(url)));
