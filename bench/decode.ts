import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Generation, generationNames } from "../tools/rocketmq/generations.ts";
import type { DecodeCase } from "./decode-cases.ts";
import type { Plan } from "./plan.ts";
import { startJavaWorker } from "./rig/java.ts";
import { startBunWorker } from "./rig/worker.ts";
import { medianOf } from "./statistics.ts";

/** One case of decoding: nanoseconds a decode, and how many times as fast as Java we are. */
export interface DecodeRow {
  readonly generation: Generation;
  readonly name: string;
  readonly bytes: number;
  readonly ourNanos: number;
  readonly javaNanos: number;
  readonly ratio: number;
}

type Nanos = Readonly<Record<string, number>>;

/** Runs our decoders in turns with those of each generation's Java over the same bytes. */
export async function measureDecoding(cases: readonly DecodeCase[], plan: Plan): Promise<DecodeRow[]> {
  const rows: DecodeRow[] = [];
  for (const generation of generationNames) {
    const own = cases.filter((each) => each.generation === generation);
    rows.push(...(await measureBeside(generation, own, plan)));
  }
  return rows;
}

/** Both have decoded every case for as long before. */
async function measureBeside(generation: Generation, cases: readonly DecodeCase[], plan: Plan): Promise<DecodeRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "rocketmq-bench-"));
  await Bun.write(`${folder}/cases.json`, JSON.stringify(cases));
  await Bun.write(`${folder}/cases.txt`, cases.map(({ name, kind, hex }) => [name, kind, ...hex].join(" ")).join("\n"));
  const ours = await startBunWorker("decode", `${folder}/cases.json`);
  const java = await startJavaWorker("DecodeLoad", [`${folder}/cases.txt`], generation);
  const rounds: { ours: Nanos; java: Nanos }[] = [];
  try {
    for (let round = 0; round <= plan.decodeRounds; round++) {
      const line = String(plan.decodeMillis);
      rounds.push({ ours: await ours.ask<Nanos>(line), java: await java.ask<Nanos>(line) });
    }
  } finally {
    await Promise.all([ours.stop(), java.stop()]);
    await rm(folder, { recursive: true });
  }
  // The first one was for the compilers.
  const counted = rounds.slice(1);
  return cases.map(({ name, hex }) => {
    const own = counted.map((round) => round.ours[name] ?? Number.NaN);
    const other = counted.map((round) => round.java[name] ?? Number.NaN);
    return {
      generation,
      name,
      bytes: hex.reduce((sum, each) => sum + each.length / 2, 0) / hex.length,
      ourNanos: medianOf(own),
      javaNanos: medianOf(other),
      ratio: medianOf(other.map((nanos, round) => nanos / (own[round] ?? Number.NaN))),
    };
  });
}
