import { Fault, reasonOf } from "../errors.ts";

/** What came of asking one server. */
export type Outcome<T> = {
  /** `host:port` of the server. */
  readonly target: string;
  readonly elapsedMillis: number;
} & ({ readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault });

/** Runs one attempt and tells how it ended; never rejects. */
export async function outcomeOf<T>(target: string, attempt: () => Promise<T>): Promise<Outcome<T>> {
  const startedAt = performance.now();
  const elapsed = () => Math.round((performance.now() - startedAt) * 1_000) / 1_000;
  try {
    const value = await attempt();
    return { target, elapsedMillis: elapsed(), ok: true, value };
  } catch (error) {
    const fault =
      error instanceof Fault
        ? error
        : new Fault("internal", `Cannot ask ${target}: ${reasonOf(error)}`, { cause: error });
    return { target, elapsedMillis: elapsed(), ok: false, fault };
  }
}
