import { join } from "node:path";
import type { Generation } from "../../../tools/rocketmq/generations.ts";
import { runJava } from "../../../tools/rocketmq/java.ts";
import { mqadmin } from "../../../tools/rocketmq/mqadmin.ts";

/** Cluster, broker, id and address of every broker, as the generation's own mqadmin lists them. */
export async function clusterRows(generation: Generation, nameServer: string): Promise<string[][]> {
  const { stdout } = await mqadmin(generation, ["clusterList"], { nameServers: [nameServer] });
  return stdout
    .split("\n")
    .map((line) => line.split(/\s+/).slice(0, 4))
    .filter((row) => row.length === 4 && !(row[0] ?? "#").startsWith("#"));
}

const bareIntegerKey = /([{,]\s*)(\d+)\s*:/g;

/** The route of a topic as the generation's own Java client reads it, null when there is none. */
export async function routeThrough(generation: Generation, nameServer: string, topic: string): Promise<unknown> {
  const { stdout } = await mqadmin(generation, ["topicRoute", "-t", topic], { nameServers: [nameServer] });
  const start = stdout.indexOf("{");
  return start < 0 ? null : JSON.parse(stdout.slice(start).replace(bareIntegerKey, '$1"$2":'));
}

/** A value as the generation's own Java client reads it, null when there is none. */
export async function kvThrough(
  generation: Generation,
  nameServer: string,
  namespace: string,
  key: string,
): Promise<string | null> {
  const program = join(import.meta.dir, "../java/ReadKv.java");
  const { stdout, stderr, exitCode } = await runJava(generation, program, [nameServer, namespace, key]);
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`Cannot read KV by Java: ${stderr}`);
  return /^value=(.*)$/m.exec(stdout)?.[1] ?? null;
}
