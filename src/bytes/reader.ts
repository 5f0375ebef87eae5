import { Fault } from "../errors.ts";

/** Reads big-endian fields one after the other. Every read past the end throws an `undecodable` fault naming `what`. */
export interface Reader {
  u8(): number;
  i16(): number;
  i32(): number;
  /** A view, not a copy, of the next `length` bytes. A negative length is refused like one past the end. */
  take(length: number): Uint8Array;
  readonly remaining: number;
}

export function reader(bytes: Uint8Array, what: string): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function advance(length: number): number {
    if (length < 0 || length > bytes.length - at) {
      throw new Fault("undecodable", `Cannot decode ${what}: ${length} bytes announced, ${bytes.length - at} left`);
    }
    const start = at;
    at += length;
    return start;
  }

  return {
    u8: () => view.getUint8(advance(1)),
    i16: () => view.getInt16(advance(2)),
    i32: () => view.getInt32(advance(4)),
    take(length) {
      const start = advance(length);
      return bytes.subarray(start, start + length);
    },
    get remaining() {
      return bytes.length - at;
    },
  };
}
