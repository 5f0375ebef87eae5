import type { Limits } from "../limits.ts";

/** The pause after so many failures in a row. It varies, so that a thousand that failed together don't come back as one. */
export function backoffMillis(failures: number, limits: Pick<Limits, "minBackoffMillis" | "maxBackoffMillis">): number {
  const doubled = limits.minBackoffMillis * 2 ** Math.min(Math.max(failures - 1, 0), 16);
  return Math.min(doubled, limits.maxBackoffMillis) * (0.5 + Math.random() / 2);
}
