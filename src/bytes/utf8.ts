import { Fault } from "../errors.ts";

const encoder = new TextEncoder();
// A byte order mark is left in the text: the wire has none, so one that comes is a fault for the reader above to name.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes of a text. A lone surrogate becomes U+FFFD, where Java writes a question mark. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes. Throws an `undecodable` fault that names `what` when they are not UTF-8. */
export function fromUtf8(bytes: Uint8Array, what: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new Fault("undecodable", `Cannot decode ${what}: not UTF-8`, { cause });
  }
}
