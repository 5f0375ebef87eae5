import { Fault } from "../../src/errors.ts";

/** The fault that a promise rejects with. Rejects itself when it resolves, or fails with anything else. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const outcome = await promise.then(
    (value) => new Error(`Cannot see a fault: it resolved with ${String(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof Fault) return outcome;
  throw outcome;
}
