const afterTurn = typeof setImmediate === "function" ? setImmediate : queueMicrotask;

/**
 * Runs a task once everything that is ready now has been handled: hosts hand over the requests that have arrived one by
 * one, each with its microtasks, and only after all of them is it known what goes out together. A host without
 * `setImmediate` has microtasks alone.
 */
export function atEndOfTurn(task: () => void): void {
  afterTurn(task);
}
