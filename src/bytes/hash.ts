import { int32At } from "./int32.ts";

const WORD_BYTES = 4;

/**
 * A hash of 64 bits as 16 hexadecimal digits, for telling contents apart: fast, the same in every runtime, and no
 * protection against someone who searches for two contents with one hash. Two lanes of multiply and rotate, mixed at
 * the end as MurmurHash3 does.
 */
export function hash64(bytes: Uint8Array): string {
  let high = 0x9e3779b9 ^ bytes.length;
  let low = 0x85ebca6b;
  for (let at = 0; at < bytes.length; at += WORD_BYTES) {
    // Bytes beyond the end read as 0; the length tells such contents apart.
    const word = int32At(bytes, at);
    high = Math.imul(high ^ word, 0xcc9e2d51);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ word, 0x1b873593);
    low = (low << 17) | (low >>> 15);
  }
  return hex(mixed(high ^ Math.imul(low, 5))) + hex(mixed(low + Math.imul(high, 9)));
}

function mixed(lane: number): number {
  let value = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
