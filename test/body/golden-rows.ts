import type { JsonValue } from "../../src/json/value.ts";
import { quoteKeys } from "./golden.ts";

/** Members that are maps with object keys, with the name of their values in a row. */
export type RowMembers = Readonly<Record<string, string | undefined>>;

type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;

/**
 * The meaning of a sample, read without the code under test: object keys become texts, so that the runtime's own parser
 * reads the whole, and then rows. Integers are exact, 3.2.6's spellings in today's form.
 */
export function meaningWithRows(text: string, members: RowMembers = {}): JsonValue {
  const withTextKeys = text.replace(/([{,])(\{[^{}]*\}):/g, (_, before, key) => `${before}${JSON.stringify(key)}:`);
  const today = withTextKeys.replaceAll('"timestatmp"', '"timestamp"');
  const revive: Reviver = (name, value, context) => {
    if (typeof value === "number") return exact(value, context.source);
    return name in members && !Array.isArray(value) ? rowsOf(value as Record<string, unknown>, members[name]) : value;
  };
  return JSON.parse(quoteKeys(today), revive as (key: string, value: unknown) => unknown);
}

function exact(value: number, source: string): number | bigint {
  return !Number.isSafeInteger(value) && /^-?[0-9]+$/.test(source) ? BigInt(source) : value;
}

function rowsOf(map: Record<string, unknown>, valueName: string | undefined): unknown[] {
  return Object.entries(map).map(([key, value]) => ({
    ...JSON.parse(key),
    ...(valueName === undefined ? (value as object) : { [valueName]: value }),
  }));
}
