import { Fault } from "../errors.ts";

const encoder = new TextEncoder();
// A byte order mark is left in the text: the wire has none, so one that comes is a fault for the reader above to name.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

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

/**
 * The text of bytes, U+FFFD for what isn't UTF-8, if every byte is one character of it: an ASCII text among others. Else
 * null, since offsets in the one say nothing of the other.
 */
export function textByByte(bytes: Uint8Array): string | null {
  const text = lenient.decode(bytes);
  return text.length === bytes.length ? text : null;
}

/** The text of bytes, U+FFFD for what isn't UTF-8: as Java reads all texts. */
export function toText(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}
