import { Fault } from "../errors.ts";

/**
 * Any value that JSON text can mean to the gateway.
 *
 * An integer is a `number` when that is exact and a `bigint` otherwise. A `Map` is an object whose keys are not all
 * strings: integers on the way out, whole objects both ways (fastjson writes a `Map<MessageQueue, Long>` so).
 */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | JsonObject | JsonMap;

/** An object with string keys. `__proto__` and its like are ordinary members of it. */
export type JsonObject = { [key: string]: JsonValue };

/** An object with any keys. */
export type JsonMap = Map<JsonValue, JsonValue>;

/** What holds other values. */
export type JsonContainer = JsonValue[] | JsonObject | JsonMap;

/** An integer of 64 bits with sign: a `number` when it is a safe integer, else a `bigint`. */
export type Int64 = number | bigint;

/** Digits of the longest integer that is read. `BigInt` takes quadratic time; a Java `long` has 19 digits. */
export const maxIntegerDigits = 4_300;

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/**
 * An integer in the one form that the gateway uses: a `number` when it is a safe integer, else a `bigint`. The range
 * is not checked, see {@link isInt64}.
 *
 * @param value A bigint, or decimal digits after an optional minus sign.
 * @throws {Fault} `invalid-argument` for any other text, and for one of more than {@link maxIntegerDigits} digits.
 */
export function int64(value: string | bigint): Int64 {
  const exact = typeof value === "bigint" ? value : parseInteger(value);
  const near = Number(exact);
  return Number.isSafeInteger(near) ? near : exact;
}

/** Whether a value is an integer that fits 64 bits with sign, as a Java `long` must. */
export function isInt64(value: unknown): value is Int64 {
  return typeof value === "bigint" ? value >= minInt64 && value <= maxInt64 : Number.isSafeInteger(value);
}

/** Whether a value is an object with string keys: no array, no `Map`, not null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

/** Whether a value is an array, an object or a `Map`. */
export function isContainer(value: JsonValue): value is JsonContainer {
  return typeof value === "object" && value !== null;
}

/** Sets an own member, whatever its name: assigning to `__proto__` would set the prototype. */
export function setMember(object: JsonObject, key: string, value: JsonValue): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function parseInteger(text: string): bigint {
  if (text.length > maxIntegerDigits + 1 || !/^-?[0-9]+$/.test(text)) {
    throw new Fault("invalid-argument", `Cannot read an integer: "${text.slice(0, 40)}" is not one`);
  }
  return BigInt(text);
}
