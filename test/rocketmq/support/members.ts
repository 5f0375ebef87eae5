import { join } from "node:path";
import type { Generation } from "../../../tools/rocketmq/generations.ts";
import { runJava } from "../../../tools/rocketmq/java.ts";
import { until } from "../../support/until.ts";

/** A Java program that is a member of groups until it is let go. */
export interface Members extends AsyncDisposable {
  /** The id of the client that is a member of this group. */
  clientOf(group: string): string;
  /** The texts that the consumers of a group got, in their order. */
  got(group: string): string[];
}

export interface MembersOptions {
  readonly nameServer: string;
  readonly topic: string;
  readonly producerGroup: string;
  /** Tags by consumer group. */
  readonly consumers: Readonly<Record<string, string>>;
}

/** Starts a client of the generation's own Java in each group; resolves once all have started. */
export async function startMembers(
  generation: Generation,
  { nameServer, topic, producerGroup, consumers }: MembersOptions,
): Promise<Members> {
  let told = "";
  let hangUp = () => {};
  const decoder = new TextDecoder();
  const listener = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        hangUp = () => void socket.end();
      },
      data(_, bytes) {
        told += decoder.decode(bytes, { stream: true });
      },
    },
  });
  const groups = Object.entries(consumers).map(([group, tags]) => `${group}=${tags}`);
  const args = [nameServer, topic, String(listener.port), producerGroup, ...groups];
  const program = join(import.meta.dir, "../java/Member.java");
  let isOver = false;
  const running = runJava(generation, program, args, { timeoutMillis: 240_000 }).finally(() => {
    isOver = true;
  });
  const lines = () => told.split("\n").map((line) => line.split(" "));
  async function stop(): Promise<void> {
    hangUp();
    listener.stop();
    await running;
  }
  try {
    const isReady = () => isOver || told.includes("ready\n");
    await until("the members have started", isReady, { withinMillis: 60_000 });
    if (isOver) throw new Error(`Cannot start members: ${(await running).stderr}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    clientOf: (group) => lines().find(([what, name]) => what !== "got" && name === group)?.[2] ?? "",
    got: (group) => lines().flatMap(([what, name, text]) => (what === "got" && name === group && text ? [text] : [])),
    [Symbol.asyncDispose]: stop,
  };
}
