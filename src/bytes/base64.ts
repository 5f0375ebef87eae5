import { Fault } from "../errors.ts";

/** As many bytes as may be arguments of one call. */
const PIECE_BYTES = 8_192;

/** The bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES));
  }
  return btoa(text);
}

/** The bytes that base64 states. Throws `invalid-argument` on anything else. */
export function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new Fault("invalid-argument", "Cannot read base64: it has other characters, or is cut off", { cause });
  }
}
