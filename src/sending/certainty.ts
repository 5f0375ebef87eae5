import { Fault, faults, isUnsent } from "../errors.ts";
import { NO_PERMISSION, SYSTEM_ERROR, TOPIC_NOT_EXIST } from "../wire/response-codes.ts";

/** SYSTEM_BUSY, SERVICE_NOT_AVAILABLE, NO_PERMISSION, TOPIC_NOT_EXIST, FLOW_CONTROL, GO_AWAY: said before a message is stored. */
const elsewhere: ReadonlySet<number> = new Set([2, 14, NO_PERMISSION, TOPIC_NOT_EXIST, 215, 1500]);

/** Brokers answer code 1 for almost anything, and these only before they store (SendMessageProcessor). */
const notStored =
  /^(\[PC_SYNCHRONIZED\]|create mapp?ed file failed|in-sync replicas not enough|broker unable to service, until )/;

/** Whether it is certain that a message which could not be sent wasn't stored either. */
export function isNotStored(error: unknown): boolean {
  if (!(error instanceof Fault)) return false;
  const { response } = error.options;
  if (response) return response.code !== SYSTEM_ERROR || notStored.test(response.remark ?? "");
  // What we refuse ourselves was never sent, and there is no broker to send to where none is known.
  return isUnsent(error) || faults[error.fault].status < 500 || ["not-supported", "unavailable"].includes(error.fault);
}

/** Whether another broker may take a message that this one didn't, and cannot have. */
export function mayGoElsewhere(error: unknown): boolean {
  if (!(error instanceof Fault) || !isNotStored(error)) return false;
  const { response } = error.options;
  if (response) return elsewhere.has(response.code) || response.code === SYSTEM_ERROR;
  return isUnsent(error) && error.fault !== "too-large";
}

/** Whether a failure says something of the broker, not of the message or its topic. */
export function isOfBroker(error: unknown): boolean {
  if (!(error instanceof Fault)) return false;
  const code = error.options.response?.code;
  if (code === undefined) return ["connect-failed", "send-failed", "closed", "timeout"].includes(error.fault);
  return code !== NO_PERMISSION && code !== TOPIC_NOT_EXIST && mayGoElsewhere(error);
}

/** The failure to deliver a message, with its id where nobody knows whether it was stored. */
export function undelivered(error: unknown, msgId: string): unknown {
  if (!(error instanceof Fault) || isNotStored(error)) return error;
  return new Fault(error.fault, error.message, {
    ...error.options,
    hint: "The message may have been stored all the same: look for its msgId before it is sent again.",
    details: { ...error.options.details, msgId },
  });
}
