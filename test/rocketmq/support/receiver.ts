import { join } from "node:path";
import { propertiesFromText } from "../../../src/body/message-properties.ts";
import type { Generation } from "../../../tools/rocketmq/generations.ts";
import { runJava } from "../../../tools/rocketmq/java.ts";
import { until } from "../../support/until.ts";

/** A message as Java's consumer got it. */
export interface Received {
  readonly topic: string;
  readonly queueId: number;
  readonly queueOffset: number;
  readonly flag: number;
  readonly body: Buffer;
  readonly properties: Record<string, string>;
  readonly atMillis: number;
}

/** A Java program that consumes topics until it is let go. */
export interface Receiver extends AsyncDisposable {
  /** All that it got, in its order. */
  readonly received: readonly Received[];
  /** The one with this UNIQ_KEY, once it is there. */
  got(msgId: string, withinMillis?: number): Promise<Received>;
  /** Which queue of sixteen Java takes for each name. */
  readonly hashes: ReadonlyMap<string, number>;
}

export interface ReceiverOptions {
  readonly nameServer: string;
  readonly group: string;
  readonly topics: readonly string[];
  readonly hashed?: readonly string[];
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Starts a consumer of the generation's own Java; resolves once it has started. */
export async function startReceiver(
  generation: Generation,
  { nameServer, group, topics, hashed = [] }: ReceiverOptions,
): Promise<Receiver> {
  const received: Received[] = [];
  const hashes = new Map<string, number>();
  let rest = "";
  let isReady = false;
  let hangUp = () => {};
  const decoder = new TextDecoder();

  function hear(line: string): void {
    const [what, ...parts] = line.split(" ");
    if (what === "ready") isReady = true;
    if (what === "hash") hashes.set(Buffer.from(parts[0] ?? "", "base64").toString(), Number(parts[1]));
    if (what !== "got") return;
    const [topic = "", queueId, queueOffset, flag, body = "", properties = ""] = parts;
    received.push({
      topic,
      queueId: Number(queueId),
      queueOffset: Number(queueOffset),
      flag: Number(flag),
      body: Buffer.from(body, "base64"),
      properties: propertiesFromText(Buffer.from(properties, "base64").toString()),
      atMillis: Date.now(),
    });
  }

  const listener = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        hangUp = () => void socket.end();
      },
      data(_, bytes) {
        const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) hear(line);
      },
    },
  });
  const args = [nameServer, String(listener.port), group, topics.join(), ...hashed.map(base64)];
  const program = join(import.meta.dir, "../java/Receive.java");
  let isOver = false;
  const running = runJava(generation, program, args, { timeoutMillis: 240_000 }).finally(() => {
    isOver = true;
  });
  async function stop(): Promise<void> {
    hangUp();
    listener.stop();
    await running;
  }
  try {
    await until("the receiver has started", () => isOver || isReady, { withinMillis: 60_000 });
    if (isOver) throw new Error(`Cannot start a receiver: ${(await running).stderr}`);
  } catch (error) {
    await stop();
    throw error;
  }
  const find = (msgId: string) => received.find(({ properties }) => properties.UNIQ_KEY === msgId);
  return {
    received,
    hashes,
    async got(msgId, withinMillis = 20_000) {
      await until(`${msgId} arrives`, () => find(msgId) !== undefined, { withinMillis });
      return find(msgId) as Received;
    },
    [Symbol.asyncDispose]: stop,
  };
}
