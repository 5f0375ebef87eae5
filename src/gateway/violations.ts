import { Fault, type FaultName, type Violation } from "../errors.ts";
import { MAX_VIOLATIONS } from "../http/validate.ts";

/** A pointer repeats names that the caller chose, and those may be as long as the request. */
const MAX_POINTER_CHARS = 2_048;

/** The fault for bad input, with as many of its violations as a reply has room for. */
export function violated(fault: FaultName, message: string, violations: readonly Violation[]): Fault {
  const shown = violations.slice(0, MAX_VIOLATIONS).map(shortened);
  const list = shown.map(({ pointer, detail }) => `${pointer || "the body"} ${detail}`).join("; ");
  return new Fault(fault, `${message}: ${list}`, { violations: shown });
}

function shortened({ pointer, detail }: Violation): Violation {
  return { pointer: pointer.length > MAX_POINTER_CHARS ? `${pointer.slice(0, MAX_POINTER_CHARS)}…` : pointer, detail };
}
