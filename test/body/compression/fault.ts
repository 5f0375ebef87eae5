import { expect } from "bun:test";
import { Fault } from "../../../src/errors.ts";

/** The message of the fault that a call ends with, undefined where it ends well. Anything but `undecodable` fails. */
export function faultOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.fault).toBe("undecodable");
    return error.message;
  }
}
