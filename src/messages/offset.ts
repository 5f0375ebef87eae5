import { type Int64, int64 } from "../json/value.ts";

/** The offset behind another one. */
export function following(offset: Int64): Int64 {
  return typeof offset === "number" && offset < Number.MAX_SAFE_INTEGER ? offset + 1 : int64(BigInt(offset) + 1n);
}

/** The sum of two offsets. */
export function plus(offset: Int64, delta: Int64): Int64 {
  return int64(BigInt(offset) + BigInt(delta));
}

/** The larger one of two offsets. */
export function larger(one: Int64, other: Int64): Int64 {
  return one > other ? one : other;
}
