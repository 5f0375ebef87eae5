import { int32At, setInt32 } from "./int32.ts";

const WORD = 4_294_967_296;

/** The big-endian integer of 64 bits with sign that begins at an index: a `number` when it is a safe one, else a bigint. */
export function int64At(bytes: Uint8Array, at: number): number | bigint {
  const high = int32At(bytes, at);
  const low = int32At(bytes, at + 4) >>> 0;
  const near = high * WORD + low;
  return Number.isSafeInteger(near) ? near : (BigInt(high) << 32n) | BigInt(low);
}

/** Writes an integer of 64 bits. */
export function setInt64(bytes: Uint8Array, at: number, value: number | bigint): void {
  const exact = BigInt(value);
  setInt32(bytes, at, Number(BigInt.asIntN(32, exact >> 32n)));
  setInt32(bytes, at + 4, Number(BigInt.asIntN(32, exact)));
}
