/**
 * Every way in which the gateway itself can fail, with what that means to an HTTP caller. A failure that a RocketMQ
 * server reported is not here: it is a response code (src/wire/response-codes.ts).
 */
export const faults = {
  "invalid-argument": { status: 400, title: "Invalid argument", retryable: false },
  unauthorized: { status: 401, title: "Unauthorized", retryable: false },
  forbidden: { status: 403, title: "Forbidden", retryable: false },
  "not-found": { status: 404, title: "Not found", retryable: false },
  "method-not-allowed": { status: 405, title: "Method not allowed", retryable: false },
  "not-acceptable": { status: 406, title: "Not acceptable", retryable: false },
  conflict: { status: 409, title: "Conflict", retryable: false },
  gone: { status: 410, title: "Gone", retryable: false },
  "precondition-failed": { status: 412, title: "Precondition failed", retryable: false },
  "too-large": { status: 413, title: "Too large", retryable: false },
  "unsupported-media-type": { status: 415, title: "Unsupported media type", retryable: false },
  misdirected: { status: 421, title: "Misdirected request", retryable: false },
  "invalid-body": { status: 422, title: "Invalid body", retryable: false },
  "not-supported": { status: 501, title: "Not supported", retryable: false },
  "connect-failed": { status: 502, title: "Connect failed", retryable: true },
  "send-failed": { status: 502, title: "Send failed", retryable: true },
  closed: { status: 502, title: "Connection closed", retryable: true },
  undecodable: { status: 502, title: "Undecodable reply", retryable: false },
  refused: { status: 502, title: "Refused by the server", retryable: false },
  "upstream-failed": { status: 502, title: "Upstream failed", retryable: true },
  "listen-failed": { status: 500, title: "Listen failed", retryable: false },
  internal: { status: 500, title: "Internal error", retryable: false },
  "too-many-pending": { status: 503, title: "Too many pending", retryable: true },
  unavailable: { status: 503, title: "Unavailable", retryable: true },
  timeout: { status: 504, title: "Timeout", retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

/** The name of a failure; `type` of the problem document is `/problems/` and this name. */
export type FaultName = keyof typeof faults;

/** What is wrong at one place of an input. */
export interface Violation {
  /** JSON pointer into the body, or `?name`, `{name}` and `header:name` for what came outside it. */
  readonly pointer: string;
  readonly detail: string;
}

/** What a RocketMQ server answered instead of success. */
export interface ServerResponse {
  readonly code: number;
  readonly remark: string | null;
  /** The request that it answered. */
  readonly requestCode: number;
}

export interface FaultOptions {
  readonly cause?: unknown;
  /** What the caller can do about it. */
  readonly hint?: string;
  /** Every violation of a bad input. */
  readonly violations?: readonly Violation[];
  /** The server that it happened with, `host:port`. */
  readonly target?: string;
  /** Whether it is certain that the request never left, so that nothing can come of it; some faults say so by name. */
  readonly isUnsent?: boolean;
  /** The server's own answer, for `refused`. */
  readonly response?: ServerResponse;
  /** Further members for the problem document. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one error type of the gateway. Its message has the form "Cannot X: reason". */
export class Fault extends Error {
  override readonly name = "Fault";

  constructor(
    readonly fault: FaultName,
    message: string,
    readonly options: FaultOptions = {},
  ) {
    super(message, { cause: options.cause });
  }

  /** The server that it happened with, `host:port`. */
  get target(): string | undefined {
    return this.options.target;
  }
}

/** Whether the same call may succeed with another server, or later. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Fault && faults[error.fault].retryable;
}

const neverSent: ReadonlySet<FaultName> = new Set(["connect-failed", "send-failed", "too-many-pending", "too-large"]);

/** Whether it is certain that a call that failed like this never reached its server. */
export function isUnsent(error: unknown): boolean {
  return error instanceof Fault && (neverSent.has(error.fault) || (error.options.isUnsent ?? false));
}

/** The same failure of a step that comes before sending: whatever went wrong with it, the request itself never left. */
export function unsent(error: unknown): unknown {
  if (!(error instanceof Fault)) return error;
  return new Fault(error.fault, error.message, { ...error.options, isUnsent: true });
}

/** The message of anything thrown, for the "reason" of a fault that wraps it. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
