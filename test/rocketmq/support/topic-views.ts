import { join } from "node:path";
import type { Generation } from "../../../tools/rocketmq/generations.ts";
import { runJava } from "../../../tools/rocketmq/java.ts";
import { mqadmin } from "../../../tools/rocketmq/mqadmin.ts";

/** A queue, and what to look for in it. */
export interface QueueView {
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
  readonly atMillis: number;
}

/** The ends of a queue and its offset at a time, as the generation's own Java client reads them. */
export async function queueThrough(
  generation: Generation,
  nameServer: string,
  { topic, brokerName, queueId, atMillis }: QueueView,
): Promise<Record<"min" | "max" | "earliest" | "search", number>> {
  const program = join(import.meta.dir, "../java/ReadQueue.java");
  const args = [nameServer, topic, brokerName, String(queueId), String(atMillis)];
  const { stdout, stderr, exitCode } = await runJava(generation, program, args);
  if (exitCode !== 0) throw new Error(`Cannot read a queue by Java: ${stderr}`);
  const number = (name: string) => Number(new RegExp(`^${name}=(-?[0-9]+)$`, "m").exec(stdout)?.[1]);
  return { min: number("min"), max: number("max"), earliest: number("earliest"), search: number("search") };
}

/** The queues of a topic as the generation's own mqadmin prints them: broker, queue, min and max offset. */
export async function statsThrough(generation: Generation, nameServer: string, topic: string): Promise<string[]> {
  const { stdout } = await mqadmin(generation, ["topicStatus", "-t", topic], { nameServers: [nameServer] });
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).slice(0, 4));
  return rows.filter((row) => row.length === 4 && /^[0-9]+$/.test(row[1] ?? "")).map((row) => row.join(" "));
}
