import { damage } from "./damage.ts";

const INITIAL_BYTES = 4_096;
/** Below this a loop is faster than a call into the engine. */
const SHORT_BYTES = 24;

/** What was decompressed so far, which what follows may repeat. Never grows beyond a limit. */
export interface History {
  readonly length: number;
  /** Appends bytes of another array. */
  append(source: Uint8Array, from: number, to: number): void;
  /** Appends one byte so many times. */
  fill(byte: number, count: number): void;
  /** Appends `count` bytes that begin `distance` before the end; those that they make may be among them. */
  repeat(distance: number, count: number): void;
  /** All of it. The history must not be used afterwards. */
  finish(): Uint8Array;
}

/** Throws `undecodable` before there are more than `maxBytes`. Memory stays within three times what there is. */
export function history(maxBytes: number): History {
  let buffer = new Uint8Array(Math.min(INITIAL_BYTES, maxBytes));
  let length = 0;

  function reserve(count: number): number {
    const start = length;
    if (count > maxBytes - start) throw damage(`it holds more than ${maxBytes} bytes`);
    length += count;
    if (length > buffer.length) {
      const grown = new Uint8Array(Math.min(maxBytes, Math.max(length, buffer.length * 2)));
      grown.set(buffer.subarray(0, start));
      buffer = grown;
    }
    return start;
  }

  return {
    get length() {
      return length;
    },
    append(source, from, to) {
      const at = reserve(to - from);
      if (to - from < SHORT_BYTES) for (let i = from; i < to; i++) buffer[at + i - from] = source[i] as number;
      else buffer.set(source.subarray(from, to), at);
    },
    fill(byte, count) {
      const at = reserve(count);
      buffer.fill(byte, at, at + count);
    },
    repeat(distance, count) {
      if (distance < 1 || distance > length) throw damage("it refers to what isn't there");
      const at = reserve(count);
      if (count >= SHORT_BYTES && distance >= count) {
        buffer.copyWithin(at, at - distance, at - distance + count);
      } else if (distance === 1 && count >= SHORT_BYTES) {
        buffer.fill(buffer[at - 1] as number, at, at + count);
      } else {
        for (let i = at; i < at + count; i++) buffer[i] = buffer[i - distance] as number;
      }
    },
    finish: () => buffer.subarray(0, length),
  };
}
