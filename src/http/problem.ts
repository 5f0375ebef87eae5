import { Fault, faults, reasonOf } from "../errors.ts";
import { responseCodeName } from "../wire/response-codes.ts";
import { meaningOf } from "./remarks.ts";
import type { Method } from "./route.ts";
import { statusOfResponse } from "./statuses.ts";

/** A problem document (RFC 9457) and the headers that go with it. */
export interface Problem {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

const RETRY_AFTER_SECONDS = "1";

/** Describes anything thrown to the caller. What isn't a fault is our own defect and tells nothing of the inside. */
export function problemOf(error: unknown, request: { readonly method: Method; readonly instance: string }): Problem {
  const fault = publicFault(error);
  const { violations, target, response, details } = fault.options;
  const hint = fault.options.hint ?? (response && meaningOf(response)?.hint);
  const status = response ? statusOfResponse(response, request.method) : faults[fault.fault].status;
  const codeName = response ? responseCodeName(response.code) : null;
  return {
    status,
    headers: status === 503 || status === 429 ? { "retry-after": RETRY_AFTER_SECONDS } : {},
    body: {
      type: `/problems/${response ? slug(codeName ?? `code-${response.code}`) : fault.fault}`,
      title: response ? titleOf(codeName ?? `Code ${response.code}`) : faults[fault.fault].title,
      status,
      detail: response?.remark || fault.message,
      instance: request.instance,
      ...(response && { code: response.code, codeName, requestCode: response.requestCode }),
      ...(target !== undefined && { target }),
      ...(hint !== undefined && { hint }),
      ...(violations && { errors: violations }),
      ...details,
    },
  };
}

/** Our own defects tell nothing of the inside: what they say goes to the log. */
export function publicFault(error: unknown): Fault {
  if (error instanceof Fault && !isDefect(error)) return error;
  return new Fault("internal", "Cannot answer: an unexpected error", { cause: error });
}

/** What of an error is a defect of our own, or stands in for one, and belongs in the log. */
export function defectsOf(error: unknown): unknown[] {
  if (!(error instanceof Fault)) return [error];
  return isDefect(error) || isDefect(error.cause) ? [error] : [];
}

/** Whether it is a fault for something that should not happen. */
export function isDefect(error: unknown): boolean {
  return error instanceof Fault && error.fault === "internal";
}

/** What to log of an error: its whole chain of causes. */
export function traceOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `; because: ${traceOf(error.cause)}` : "";
  return `${reasonOf(error)}${cause}`;
}

/** TOPIC_NOT_EXIST → topic-not-exist. */
function slug(codeName: string): string {
  return codeName.toLowerCase().replaceAll("_", "-");
}

/** TOPIC_NOT_EXIST → Topic not exist. */
function titleOf(codeName: string): string {
  const words = codeName.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
