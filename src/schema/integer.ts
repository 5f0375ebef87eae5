import { type Int64, int64, isInt64 } from "../json/value.ts";

const INTEGER = /^[+-]?[0-9]{1,40}$/;

/** The integer that a text states as Long.parseLong reads it, undefined when it states none that fits 64 bits. */
export function toInt64(text: string): Int64 | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = int64(BigInt(text.startsWith("+") ? text.slice(1) : text));
  return isInt64(value) ? value : undefined;
}
