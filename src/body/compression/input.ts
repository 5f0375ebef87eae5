import { damage } from "./damage.ts";

/** Reads little-endian fields one after the other. Every read past the end throws `undecodable`. */
export interface Input {
  u8(): number;
  u32(): number;
  /** An unsigned integer of so many bytes, at most 6. */
  uint(byteCount: number): number;
  /** A view of the next `length` bytes. */
  take(length: number): Uint8Array;
  readonly remaining: number;
}

export function input(bytes: Uint8Array): Input {
  let at = 0;

  function advance(length: number): number {
    if (length > bytes.length - at) throw damage("it is cut off");
    const start = at;
    at += length;
    return start;
  }

  function uint(byteCount: number): number {
    const start = advance(byteCount);
    let value = 0;
    for (let i = start + byteCount - 1; i >= start; i--) value = value * 256 + (bytes[i] as number);
    return value;
  }

  return {
    u8: () => bytes[advance(1)] as number,
    u32: () => uint(4),
    uint,
    take(length) {
      const start = advance(length);
      return bytes.subarray(start, start + length);
    },
    get remaining() {
      return bytes.length - at;
    },
  };
}
