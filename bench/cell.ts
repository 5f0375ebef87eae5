import type { Plan } from "./plan.ts";
import { cpuMicros, machineMicros, untilQuiet } from "./rig/proc.ts";
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

export interface Measured {
  readonly subject: string;
  readonly running: Running;
  readonly concurrency: number;
  readonly round: number;
}

/** More than this is a process that has nothing to do with the bench; less may be the steps of the clocks. */
export const MAX_OTHER_CORES = 0.25;

/**
 * Measures cells. One that others disturbed is measured again once they are quiet, and the least disturbed of its
 * measurements is kept; as long as the time for that lasts, so that a machine that never is gives figures too.
 */
export function cellMeasurer(plan: Plan, nameServerPid: number) {
  let retryMillis = plan.retryMillis;

  async function once({ subject, running, concurrency, round }: Measured): Promise<Cell> {
    const { pid, load } = running;
    await load(concurrency, plan.warmMillis);
    const [own, server, machine] = [cpuMicros(pid), cpuMicros(nameServerPid), machineMicros()];
    const { calls, elapsedMillis, p50Micros, p99Micros, loaderMicros } = await load(concurrency, plan.measureMillis);
    const ownMicros = cpuMicros(pid) - own;
    const serverMicros = cpuMicros(nameServerPid) - server;
    const otherMicros = machineMicros() - machine - ownMicros - serverMicros - loaderMicros;
    return {
      subject,
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

  return async (measured: Measured): Promise<Cell> => {
    let best = await once(measured);
    while (best.otherCores > MAX_OTHER_CORES && retryMillis > 0) {
      const startedAt = performance.now();
      await untilQuiet(MAX_OTHER_CORES, retryMillis);
      const again = await once(measured);
      if (again.otherCores < best.otherCores) best = again;
      retryMillis -= performance.now() - startedAt;
    }
    return best;
  };
}
