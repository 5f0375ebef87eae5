const INITIAL_BYTES = 256;

/** Appends big-endian fields to a buffer that grows. */
export interface Writer {
  u8(value: number): void;
  i16(value: number): void;
  i32(value: number): void;
  bytes(value: Uint8Array): void;
  /** How many bytes were written so far. */
  readonly length: number;
  /** What was written, as a view. The writer must not be used afterwards. */
  finish(): Uint8Array;
}

export function writer(): Writer {
  let buffer = new Uint8Array(INITIAL_BYTES);
  let view = new DataView(buffer.buffer);
  let length = 0;

  function reserve(count: number): number {
    const start = length;
    length += count;
    if (length > buffer.length) {
      const grown = new Uint8Array(Math.max(length, buffer.length * 2));
      grown.set(buffer.subarray(0, start));
      buffer = grown;
      view = new DataView(grown.buffer);
    }
    return start;
  }

  // The offset is reserved before `view` is read: growing replaces the view.
  return {
    u8(value) {
      const at = reserve(1);
      view.setUint8(at, value);
    },
    i16(value) {
      const at = reserve(2);
      view.setInt16(at, value);
    },
    i32(value) {
      const at = reserve(4);
      view.setInt32(at, value);
    },
    bytes(value) {
      const at = reserve(value.length);
      buffer.set(value, at);
    },
    get length() {
      return length;
    },
    finish: () => buffer.subarray(0, length),
  };
}
