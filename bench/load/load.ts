import { histogram } from "./histogram.ts";

/** A stretch of load: so many calls under way at any moment, for so long. */
export interface Load {
  readonly concurrency: number;
  readonly millis: number;
}

/** What a stretch of load came to. */
export interface LoadResult {
  readonly calls: number;
  readonly elapsedMillis: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Times the calls of a stretch of load, however they are made. */
export function stopwatch({ millis }: Load) {
  const latencies = histogram();
  const startedAt = performance.now();
  const deadline = startedAt + millis;
  let calls = 0;
  let lastAt = startedAt;
  return {
    /** Counts a call that began at this `performance.now()` and ends now; whether another one is to follow. */
    lap(beganAt: number): boolean {
      lastAt = performance.now();
      latencies.record((lastAt - beganAt) * 1_000);
      calls++;
      return lastAt < deadline;
    },
    result: (): LoadResult => ({
      calls,
      elapsedMillis: lastAt - startedAt,
      p50Micros: latencies.quantile(0.5),
      p99Micros: latencies.quantile(0.99),
    }),
  };
}

/** Repeats a call, as many at the same time as the load says. Rejects when one of them does. */
export async function repeat(load: Load, call: () => Promise<void>): Promise<LoadResult> {
  const { lap, result } = stopwatch(load);
  const lane = async () => {
    let beganAt: number;
    do {
      beganAt = performance.now();
      await call();
    } while (lap(beganAt));
  };
  await Promise.all(Array.from({ length: load.concurrency }, lane));
  return result();
}
