/**
 * A client id that no other session has. Java's is `address@pid#nanoTime`; this one has random digits for the process,
 * since two gateways may well have the same number, and the time of day in nanoseconds.
 */
export function newClientId(): string {
  const [digits = "0"] = crypto.randomUUID().split("-");
  return `gateway@${Number.parseInt(digits, 16)}#${BigInt(Date.now()) * NANOS_PER_MILLI}`;
}

const NANOS_PER_MILLI = 1_000_000n;
