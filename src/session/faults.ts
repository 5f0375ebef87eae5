import { Fault, reasonOf } from "../errors.ts";

/** The connection is over; what waits on it may have arrived. */
export function lost(remote: string, why: string, cause?: unknown): Fault {
  return new Fault("closed", `Cannot use the connection to ${remote}: ${why}`, { cause, target: remote });
}

/** It never left. */
export function notSent(remote: string, cause: unknown): Fault {
  return new Fault("send-failed", `Cannot send to ${remote}: ${reasonOf(cause)}`, { cause, target: remote });
}

/** What the end of reading means to those who wait: garbage is told apart from a connection that broke. */
export function unreadable(remote: string, cause: unknown): Fault {
  if (!(cause instanceof Fault)) return lost(remote, reasonOf(cause), cause);
  if (cause.fault !== "undecodable") return cause;
  return new Fault("undecodable", `Cannot read from ${remote}: ${cause.message}`, { cause, target: remote });
}
