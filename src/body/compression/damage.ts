import { Fault } from "../../errors.ts";

/** The fault of a compressed body that is none, or that holds too much. */
export function damage(reason: string): Fault {
  return new Fault("undecodable", `Cannot decompress body: ${reason}`);
}
