import { Fault } from "../errors.ts";
import { type Int64, isInt64, isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";

/*
 * Members of a body that anyone may have sent. An absent or null member has the default of the Java class, one of a
 * wrong type is an `undecodable` fault that names it.
 */

type Member = JsonValue | undefined;

export function objectOf(value: Member, name: string): JsonObject {
  if (isAbsent(value)) return {};
  if (!isJsonObject(value)) throw undecodable(`${name} is not an object`);
  return value;
}

export function arrayOf(value: Member, name: string): JsonValue[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw undecodable(`${name} is not an array`);
  return value;
}

export function integerOf(value: Member, otherwise: number, name: string): Int64 {
  if (isAbsent(value)) return otherwise;
  if (!isInt64(value)) throw undecodable(`${name} is not an integer`);
  return value;
}

/** Without `otherwise` the text must be there. */
export function textOf(value: Member, name: string, otherwise?: string): string {
  const text = isAbsent(value) ? otherwise : value;
  if (typeof text !== "string") throw undecodable(`${name} is not a text`);
  return text;
}

function isAbsent(value: Member): value is null | undefined {
  return value === undefined || value === null;
}

function undecodable(reason: string): Fault {
  return new Fault("undecodable", `Cannot decode body: ${reason}`);
}
