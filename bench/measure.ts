import { loadavg } from "node:os";
import { type Cell, cellMeasurer } from "./cell.ts";
import type { Plan } from "./plan.ts";
import { memoryOf } from "./rig/proc.ts";
import type { Running } from "./subjects.ts";

/** The load averages of 1, 5 and 15 minutes around a round, which count the bench's own processes too. */
export interface RoundLoad {
  readonly round: number;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface Subjects {
  readonly nameServerPid: number;
  readonly running: ReadonlyMap<string, Running>;
}

/**
 * Every subject at every concurrency, round by round, so that whatever else the machine does meets all of them alike;
 * each round begins with another subject.
 */
export async function measureRounds(plan: Plan, { nameServerPid, running }: Subjects, say: (line: string) => void) {
  const cells: Cell[] = [];
  const loads: RoundLoad[] = [];
  const measure = cellMeasurer(plan, nameServerPid);
  const all = [...running];
  for (const [, { load }] of all) await load(plan.heatConcurrency, plan.heatMillis);
  for (let round = 0; round < plan.rounds; round++) {
    const before = loadavg();
    say(`round ${round + 1} of ${plan.rounds}: load average before ${shown(before)}`);
    const first = Math.floor((round * all.length) / plan.rounds);
    for (const concurrency of plan.concurrencies) {
      for (const [subject, one] of [...all.slice(first), ...all.slice(0, first)]) {
        cells.push(await measure({ subject, running: one, concurrency, round }));
      }
    }
    const after = loadavg();
    say(`round ${round + 1} of ${plan.rounds}: load average after ${shown(after)}`);
    loads.push({ round, before, after });
  }
  return { cells, loads };
}

/** The most memory that each subject ever had, in bytes. */
export function peaksOf({ running }: Subjects): Record<string, number> {
  return Object.fromEntries([...running].map(([name, { pid }]) => [name, memoryOf(pid).peakBytes]));
}

function shown(loads: readonly number[]): string {
  return loads.map((load) => load.toFixed(2)).join(" ");
}
