import { loadavg } from "node:os";
import type { Plan } from "./plan.ts";
import { cpuMicros, machineMicros, memoryOf } from "./rig/proc.ts";
import type { Running } from "./subjects.ts";

/** One measurement. CPU times are microseconds a call. */
export interface Cell {
  readonly subject: string;
  readonly concurrency: number;
  readonly round: number;
  readonly callsPerSecond: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** Of the subject's own process. */
  readonly cpuMicros: number;
  readonly nameServerCpuMicros: number;
  readonly loaderCpuMicros: number;
  /** What all other processes of the machine, and the kernel beside them, used meanwhile, as a number of cores. */
  readonly otherCores: number;
}

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
export async function measureRounds(plan: Plan, subjects: Subjects, say: (line: string) => void) {
  const cells: Cell[] = [];
  const loads: RoundLoad[] = [];
  const names = [...subjects.running.keys()];
  for (const name of names) await runningOf(subjects, name).load(plan.concurrencies[1] ?? 1, plan.heatMillis);
  for (let round = 0; round < plan.rounds; round++) {
    const before = loadavg();
    say(`round ${round + 1} of ${plan.rounds}: load average before ${shown(before)}`);
    const first = Math.floor((round * names.length) / plan.rounds);
    for (const concurrency of plan.concurrencies) {
      for (const name of [...names.slice(first), ...names.slice(0, first)]) {
        cells.push(await measure(plan, subjects, name, concurrency, round));
      }
    }
    const after = loadavg();
    say(`round ${round + 1} of ${plan.rounds}: load average after ${shown(after)}`);
    loads.push({ round, before, after });
  }
  return { cells, loads };
}

async function measure(
  plan: Plan,
  subjects: Subjects,
  name: string,
  concurrency: number,
  round: number,
): Promise<Cell> {
  const { pid, load } = runningOf(subjects, name);
  await load(concurrency, plan.warmMillis);
  const [own, server, machine] = [cpuMicros(pid), cpuMicros(subjects.nameServerPid), machineMicros()];
  const { calls, elapsedMillis, p50Micros, p99Micros, loaderMicros } = await load(concurrency, plan.measureMillis);
  const ownMicros = cpuMicros(pid) - own;
  const serverMicros = cpuMicros(subjects.nameServerPid) - server;
  const otherMicros = machineMicros() - machine - ownMicros - serverMicros - loaderMicros;
  return {
    subject: name,
    concurrency,
    round,
    callsPerSecond: (calls * 1_000) / elapsedMillis,
    p50Micros,
    p99Micros,
    cpuMicros: ownMicros / calls,
    nameServerCpuMicros: serverMicros / calls,
    loaderCpuMicros: loaderMicros / calls,
    otherCores: otherMicros / 1_000 / elapsedMillis,
  };
}

/** The most memory that each subject ever had, in bytes. */
export function peaksOf({ running }: Subjects): Record<string, number> {
  return Object.fromEntries([...running].map(([name, { pid }]) => [name, memoryOf(pid).peakBytes]));
}

function runningOf({ running }: Subjects, name: string): Running {
  const found = running.get(name);
  if (!found) throw new Error(`Cannot measure ${name}: it doesn't run`);
  return found;
}

function shown(loads: readonly number[]): string {
  return loads.map((load) => load.toFixed(2)).join(" ");
}
