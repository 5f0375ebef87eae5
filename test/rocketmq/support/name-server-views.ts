import { join } from "node:path";
import type { Generation } from "../../../tools/rocketmq/generations.ts";
import { runJava } from "../../../tools/rocketmq/java.ts";
import { mqadmin } from "../../../tools/rocketmq/mqadmin.ts";

/** The lists of topics that a name server keeps, each sorted, as the generation's own Java client reads them. */
export async function topicsThrough(
  generation: Generation,
  nameServer: string,
  cluster: string,
): Promise<(list: "all" | "cluster" | "unit" | "unitSub" | "unitSubUnunit") => string[]> {
  const program = join(import.meta.dir, "../java/ReadTopics.java");
  const { stdout, stderr, exitCode } = await runJava(generation, program, [nameServer, cluster]);
  if (exitCode !== 0) throw new Error(`Cannot read topics by Java: ${stderr}`);
  const lines = stdout
    .split("\n")
    .flatMap((line) => [/^(all|cluster|unit|unitSub|unitSubUnunit)=(.*)$/.exec(line) ?? []]);
  return (list) => lines.flatMap(([, name, topic]) => (name === list && topic !== undefined ? [topic] : [])).sort();
}

/** The properties of a name server as the generation's own mqadmin prints them. */
export async function configThrough(generation: Generation, nameServer: string): Promise<Record<string, string>> {
  const { stdout } = await mqadmin(generation, ["getNamesrvConfig"], { nameServers: [nameServer] });
  return Object.fromEntries(
    [...stdout.matchAll(/^(\w+) += {2}(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}
