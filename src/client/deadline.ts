import type { Fault } from "../errors.ts";

/** What is left of a time that begins now, in milliseconds: at least 1, so that the last step fails by its own clock. */
export function countdown(timeoutMillis: number): () => number {
  const deadline = performance.now() + timeoutMillis;
  return () => Math.max(1, deadline - performance.now());
}

/** Gives up waiting after a while; others may go on waiting for the same promise. */
export async function within<T>(promise: Promise<T>, timeoutMillis: number, timedOut: () => Fault): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(timedOut()), timeoutMillis);
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}
