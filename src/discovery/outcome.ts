import type { Outcome } from "../client/outcome.ts";

export { type Outcome, outcomeOf } from "../client/outcome.ts";

/** The successful outcome that came first, as a broker takes the first name server's answer. */
export function firstAnswer<T>(outcomes: readonly Outcome<T>[]): T | undefined {
  let first: (Outcome<T> & { ok: true }) | undefined;
  for (const outcome of outcomes) {
    if (outcome.ok && (first === undefined || outcome.elapsedMillis < first.elapsedMillis)) first = outcome;
  }
  return first?.value;
}
