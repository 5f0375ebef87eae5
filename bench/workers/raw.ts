/** The limit: pre-encoded frames over one bare socket, nothing of an answer read but its opaque: `bun raw.ts host:port topic`. */
import { getRouteInfoByTopic } from "../../src/commands/get-route-info-by-topic.ts";
import { parseAddress } from "../../src/transport/address.ts";
import { encodeFrame } from "../../src/wire/frame.ts";
import { requestFlag } from "../../src/wire/remoting-command.ts";
import { V5_5_0 } from "../../src/wire/versions.ts";
import { type Load, type LoadResult, stopwatch } from "../load/load.ts";
import { loadOf, work } from "./worker.ts";

const [address = "", topic = ""] = process.argv.slice(2);
const { host: hostname, port } = parseAddress(address);

const MAX_CONCURRENCY = 1_024;
/** Of nine digits, as all that follow. */
const FIRST_OPAQUE = 100_000_000;
/** Far more than are under way: the moments at which calls began, by the low bits of the opaque. */
const beganAt = new Float64Array(65_536);
const SLOTS = beganAt.length - 1;

const request = encodeFrame(
  {
    serializeType: "JSON",
    command: {
      code: getRouteInfoByTopic.code,
      language: "HTTP",
      version: V5_5_0,
      opaque: FIRST_OPAQUE,
      flag: requestFlag(false),
      remark: null,
      extFields: { topic },
      body: null,
    },
  },
  Number.POSITIVE_INFINITY,
);
const requestDigitsAt = Buffer.from(request).indexOf(String(FIRST_OPAQUE));
const batch = new Uint8Array(request.length * MAX_CONCURRENCY);
for (let at = 0; at < batch.length; at += request.length) batch.set(request, at);

const ANSWER_START = `{"code":0,"flag":1,"language":"JAVA","opaque":`;
const ANSWER_DIGITS_AT = 8 + ANSWER_START.length;

let opaque = FIRST_OPAQUE;
let pending = new Uint8Array(0);
let stretch: { watch: ReturnType<typeof stopwatch>; underWay: number; done: (result: LoadResult) => void } | undefined;

/** Writes so many requests at once. */
function send(socket: Bun.Socket, count: number): void {
  const now = performance.now();
  for (let index = 0; index < count; index++) {
    opaque = opaque === 999_999_999 ? FIRST_OPAQUE : opaque + 1;
    beganAt[opaque & SLOTS] = now;
    let rest = opaque;
    const start = index * request.length + requestDigitsAt;
    for (let digit = 8; digit >= 0; digit--) {
      batch[start + digit] = 48 + (rest % 10);
      rest = (rest / 10) | 0;
    }
  }
  const length = count * request.length;
  if (socket.write(batch, 0, length) !== length) throw new Error("Cannot send: the socket took only a part");
}

/** The opaque of the answer whose frame begins here; throws for one that isn't SUCCESS. */
function opaqueAt(bytes: Uint8Array, start: number): number {
  // `{"code":0,`: two bytes tell.
  if (bytes[start + 16] !== 48 || bytes[start + 17] !== 44) throw new Error("Cannot go on: an answer has another code");
  let value = 0;
  for (let digit = 0; digit < 9; digit++) value = value * 10 + (bytes[start + ANSWER_DIGITS_AT + digit] as number) - 48;
  return value;
}

function receive(socket: Bun.Socket, chunk: Uint8Array): void {
  const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let next = 0;
  while (bytes.length - at >= 4) {
    const end = at + 4 + view.getInt32(at);
    if (end > bytes.length) break;
    const answered = opaqueAt(bytes, at);
    at = end;
    if (stretch?.watch.lap(beganAt[answered & SLOTS] as number)) next++;
    else if (stretch && --stretch.underWay === 0) stretch.done(stretch.watch.result());
  }
  pending = bytes.slice(at);
  if (next > 0) send(socket, next);
}

const socket = await Bun.connect({
  hostname,
  port,
  socket: {
    data: receive,
    close() {
      throw new Error("Cannot go on: the name server closed the connection");
    },
  },
});
socket.setNoDelay(true);

function run(load: Load): Promise<LoadResult> {
  return new Promise((done) => {
    stretch = { watch: stopwatch(load), underWay: load.concurrency, done };
    send(socket, load.concurrency);
  });
}

await run({ concurrency: 1, millis: 0 });
await work((...words) => run(loadOf(...words)));
