import { parseDialect } from "../../../src/json/dialect.ts";
import type { JsonValue } from "../../../src/json/value.ts";
import type { Generation } from "../../../src/wire/versions.ts";

/** Members that an older generation neither writes nor reads. */
const unknownTo: Readonly<Record<Generation, readonly string[]>> = {
  "3.2.6": ["cluster", "enableActingMaster", "stateVersion"],
  "4.9.7": ["enableActingMaster", "stateVersion"],
  "5.5.0": [],
};

/** Members whose value is any of several. */
const arbitrary = new Set(["brokerAddr"]);

/**
 * What a body says, in a form that can be compared: lists in order, because every list here is a set; members that the
 * generation doesn't know left out; the cluster without a name that 3.2.6 allows called null.
 */
export function meaningOf(text: string, generation: Generation): unknown {
  return text.startsWith("{") ? plain(parseDialect(text), new Set(unknownTo[generation])) : text;
}

function plain(value: JsonValue, hidden: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, hidden)).sort(byText);
  if (typeof value !== "object" || value === null) return value ?? "null";
  const entries =
    value instanceof Map ? [...value].map(([key, item]) => [String(key), item] as const) : Object.entries(value);
  const kept = entries.filter(([key]) => !hidden.has(key)).sort(byText);
  return Object.fromEntries(kept.map(([key, item]) => [key, arbitrary.has(key) ? "any" : plain(item, hidden)]));
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : Number(left > right);
}

/** Whether integer keys stand bare in a body, which strict JSON readers can't read. */
export function hasBareKeys(text: string): boolean {
  return /[{,]-?\d+:/.test(text);
}
