import { Fault, reasonOf } from "../errors.ts";
import { formatAddress } from "./address.ts";
import type { Address } from "./socket.ts";

const unknownHost = "unknown host";

/** What the error codes of the runtimes mean, so that a message reads the same wherever it was made. */
const reasons: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset by the peer",
  EPIPE: "connection closed by the peer",
  ERR_STREAM_DESTROYED: "connection closed",
  ERR_STREAM_WRITE_AFTER_END: "connection closed",
  ENOTFOUND: unknownHost,
  EAI_AGAIN: `${unknownHost} (the lookup failed for now)`,
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ETIMEDOUT: "connection timed out",
  EADDRINUSE: "address already in use",
  EADDRNOTAVAIL: "address not available",
  EACCES: "permission denied",
};

function words(error: unknown): string {
  if (error === undefined) return "connection closed";
  // A name with several addresses fails with one error for each; they seldom differ.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, reason }: { code?: unknown; reason?: unknown } = Object(first);
  if (typeof code === "string" && reasons[code]) return reasons[code];
  // Deno has no code for it.
  if (reasonOf(first).startsWith("failed to lookup address")) return unknownHost;
  // OpenSSL's short text; its message has the place in its source as well.
  return typeof reason === "string" ? reason : reasonOf(first);
}

export function connectFault(address: Address, error: unknown): Fault {
  const target = formatAddress(address);
  return new Fault("connect-failed", `Cannot connect to ${target}: ${words(error)}`, { cause: error, target });
}

export function tlsFault(address: Address, error: unknown): Fault {
  const target = formatAddress(address);
  const message = `Cannot connect to ${target}: TLS handshake failed: ${words(error)}`;
  return new Fault("connect-failed", message, { cause: error, target });
}

export function listenFault(address: Address, error: unknown): Fault {
  return new Fault("listen-failed", `Cannot listen on ${formatAddress(address)}: ${words(error)}`, { cause: error });
}

/** The connection broke while it was read. */
export function readFault(target: string, error?: unknown): Fault {
  return new Fault("closed", `Cannot read from ${target}: ${words(error)}`, { cause: error, target });
}

/** The connection was broken or closed when it was written to. */
export function writeFault(target: string, error?: unknown): Fault {
  return new Fault("send-failed", `Cannot write to ${target}: ${words(error)}`, { cause: error, target });
}
