import { Fault } from "../errors.ts";
import { parseVector, type Vector } from "../messages/vector.ts";

/** The places in a topic that a text states. Throws `invalid-argument` for one that states none. */
export function vectorOf(text: string, pointer: string): Vector {
  try {
    return parseVector(text);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault(error.fault, error.message, { violations: [{ pointer, detail: "must be what an answer gave" }] });
  }
}
