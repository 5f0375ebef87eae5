import { Fault } from "../errors.ts";
import { int32At } from "./int32.ts";
import { fromUtf8, textByByte } from "./utf8.ts";

/** Reads big-endian fields one after the other. Every read past the end throws an `undecodable` fault naming `what`. */
export interface Reader {
  u8(): number;
  i16(): number;
  i32(): number;
  /** A view, not a copy, of the next `length` bytes. A negative length is refused like one past the end. */
  take(length: number): Uint8Array;
  /** The text of the next `length` bytes of UTF-8. */
  text(length: number): string;
  readonly remaining: number;
}

export function reader(bytes: Uint8Array, what: string): Reader {
  let at = 0;
  let text: string | null | undefined;

  function advance(length: number): number {
    if (length < 0 || length > bytes.length - at) {
      throw new Fault("undecodable", `Cannot decode ${what}: ${length} bytes announced, ${bytes.length - at} left`);
    }
    const start = at;
    at += length;
    return start;
  }

  return {
    u8: () => bytes[advance(1)] as number,
    i16() {
      const start = advance(2);
      return (((bytes[start] as number) << 24) >> 16) | (bytes[start + 1] as number);
    },
    i32: () => int32At(bytes, advance(4)),
    take(length) {
      const start = advance(length);
      return bytes.subarray(start, start + length);
    },
    text(length) {
      const start = advance(length);
      // One text of all bytes costs less than one for each field, where its parts can be told from the offsets.
      if (text === undefined) text = textByByte(bytes);
      const part = text?.slice(start, start + length);
      return part === undefined || part.includes(REPLACEMENT)
        ? fromUtf8(bytes.subarray(start, start + length), what)
        : part;
    },
    get remaining() {
      return bytes.length - at;
    },
  };
}

/** Stands for what isn't UTF-8. */
const REPLACEMENT = "\ufffd";
