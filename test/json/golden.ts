import { readFileSync } from "node:fs";
import type { JsonValue } from "../../src/json/value.ts";

/**
 * A file of test/golden with its integers exact, read by the runtime's own parser: what the code under test is
 * compared with must not come from it.
 */
export function readGolden(name: string): unknown {
  const text = readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8");
  const exact: Reviver = (_key, value, context) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?[0-9]+$/.test(context.source)
      ? BigInt(context.source)
      : value;
  return JSON.parse(text, exact as (key: string, value: unknown) => unknown);
}

type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;

/** A value with every `Map` as `[{key, value}, …]`, the form that test/golden/dialect.json gives it. */
export function withEntries(value: JsonValue): JsonValue {
  if (value instanceof Map)
    return Array.from(value, ([key, item]) => ({ key: withEntries(key), value: withEntries(item) }));
  if (Array.isArray(value)) return value.map(withEntries);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEntries(item)]));
}
