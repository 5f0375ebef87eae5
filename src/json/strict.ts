import type { Grammar } from "./cursor.ts";
import { read } from "./read.ts";
import { hasObjectKey, rowsOf, withTextKeys } from "./rows.ts";
import type { JsonValue } from "./value.ts";
import { write, writeArray, writeObject } from "./write.ts";

const grammar: Grammar = { strict: true, fault: "invalid-argument", maxDepth: 256 };

/** Only integers of 16 digits and more can be beyond what a `number` holds exactly. */
const longDigits = /[0-9]{16}/;

/**
 * Parses strict JSON (RFC 8259), as HTTP callers send it. Integers are exact. Not much slower than `JSON.parse`
 * for a text with no 16 digits in a row.
 *
 * @throws {Fault} `invalid-argument` with the offset for a text that is not JSON or nests deeper than 256 levels.
 */
export function parseJson(text: string): JsonValue {
  if (longDigits.test(text)) return read(text, grammar);
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    // The own reader says the same of every bad text in every runtime, and where.
    return read(text, grammar);
  }
  return nests(value, grammar.maxDepth) ? value : read(text, grammar);
}

/** Whether a value nests at most so many levels. */
function nests(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (levels === 0) return false;
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    if (!nests(child, levels - 1)) return false;
  }
  return true;
}

export interface StringifyJsonOptions {
  /** How a bigint is written: its digits (the default), or the same in quotes. */
  readonly int64?: "number" | "string";
  /** Spaces for each level. Default 0: one line. */
  readonly space?: number;
  /** The longest text that may come out, in UTF-16 units. Default 64 Mi. */
  readonly maxChars?: number;
}

/**
 * Writes strict JSON, whatever the value: a bigint with its exact digits, NaN and the infinities as null, a `Map`
 * as an array of rows when its keys are objects ({@link rowsOf}) and as an object when they are integers. Members that
 * are undefined are left out.
 *
 * @throws {Fault} `undecodable` for a value that contains itself or comes out too long.
 */
export function stringifyJson(value: JsonValue, options: StringifyJsonOptions = {}): string {
  return write(value, {
    indent: " ".repeat(options.space ?? 0),
    quoteBigint: options.int64 === "string",
    omitNull: false,
    maxChars: options.maxChars ?? 64 * 1024 * 1024,
    writeMap: (output, map) => {
      if (hasObjectKey(map)) writeArray(output, rowsOf(map));
      else writeObject(output, withTextKeys(map));
    },
  });
}
