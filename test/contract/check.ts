import { Fault, type FaultName } from "../../src/errors.ts";

/** Assertions without a test framework, because the cases run in every runtime. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

export function equal<T>(actual: T, expected: T, what: string): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(a === e, `${what}: expected ${e}, got ${a}`);
}

/** What the promise rejects with; an error when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => ({ error: undefined, settled: "resolved" }),
    (error: unknown) => ({ error, settled: "rejected" }),
  );
  equal(outcome.settled, "rejected", "the promise");
  return outcome.error;
}

/** Expects a fault of one of these names, and gives its message. */
export async function faultOf(promise: Promise<unknown>, ...names: FaultName[]): Promise<string> {
  const error = await rejection(promise);
  check(error instanceof Fault, `expected a Fault, got ${error}`);
  check(names.includes(error.fault), `expected ${names.join(" or ")}, got ${error.fault}: ${error.message}`);
  return error.message;
}

/** How long something that waits for us is watched before it counts as waiting. */
const watchMillis = 150;

/** Whether the promise stays unsettled as long as we do nothing. */
export async function waits(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => false,
    () => false,
  );
  return Promise.race([settled, new Promise<boolean>((resolve) => setTimeout(resolve, watchMillis, true))]);
}
