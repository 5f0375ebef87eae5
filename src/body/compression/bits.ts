import { damage } from "./damage.ts";

/** Bits of a Zstandard stream. Bits beyond its end read as 0 and make `left` negative. */
export interface Bits {
  /** The next `count` bits as a number, at most 31. */
  read(count: number): number;
  /** The same without going on, at most 24. */
  peek(count: number): number;
  skip(count: number): void;
  /** How many bits are left; below 0 when more were read than there were. */
  readonly left: number;
}

/** How many bits an integer above 0 has behind its highest one: the whole part of its logarithm. */
export function log2(value: number): number {
  return 31 - Math.clz32(value);
}

function bitsAt(bytes: Uint8Array, position: number, count: number): number {
  const at = position >> 3;
  // Bytes beyond the end count as 0 in an expression of bits.
  const word =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  return (word >>> (position & 7)) & ((1 << count) - 1);
}

/** Bits from the first byte on, the lowest bit of each first. */
export function forwardBits(bytes: Uint8Array): Bits {
  let position = 0;
  const peek = (count: number) => bitsAt(bytes, position, count);
  return {
    peek,
    read(count) {
      const value = peek(count);
      position += count;
      return value;
    },
    skip(count) {
      position += count;
    },
    get left() {
      return bytes.length * 8 - position;
    },
  };
}

const HALF = 16;

/**
 * Bits from the last byte back to the first, the highest bit of each first. The highest bit of all that is 1 marks
 * where they begin. Throws `undecodable` where there is none.
 */
export function backwardBits(bytes: Uint8Array): Bits {
  const last = bytes[bytes.length - 1];
  if (!last) throw damage("a stream of bits has no beginning");
  let position = (bytes.length - 1) * 8 + log2(last);

  function peek(count: number): number {
    const start = position - count;
    if (start >= 0) return bitsAt(bytes, start, count);
    return position > 0 ? bitsAt(bytes, 0, position) << -start : 0;
  }

  function read(count: number): number {
    if (count > HALF) return read(count - HALF) * 2 ** HALF + read(HALF);
    const value = peek(count);
    position -= count;
    return value;
  }

  return {
    peek,
    read,
    skip(count) {
      position -= count;
    },
    get left() {
      return position;
    },
  };
}
