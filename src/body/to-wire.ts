import { isContainer, isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { areRows, mapOfRows } from "./rows.ts";
import { entryShape, isIntegerKeyed, memberShape, type Shape } from "./shape.ts";

const INTEGER = /^-?[0-9]{1,40}$/;

type Names = ReadonlyMap<string, string>;

/**
 * A value of this shape as it is written: declared members by their `names` on the wire, integer keys and rows as a
 * `Map`. Only the shape tells them from a topic that happens to be called `timestamp`, or a broker `brokerAddrs`.
 */
export function toWire(shape: Shape | undefined, value: JsonValue, names: Names): JsonValue {
  if (shape === undefined || !isContainer(value)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => toWire(shape.items, item, names));
    return areRows(shape) ? mapOfRows(shape, items) : items;
  }
  if (!isJsonObject(value)) return value;
  return shape.properties ? membersToWire(shape, value, names) : entriesToWire(shape, value, names);
}

function membersToWire(shape: Shape, value: JsonObject, names: Names): JsonObject {
  const members = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    const declared = memberShape(shape, name);
    const wireName = declared && names.get(name);
    return [wireName ?? name, toWire(declared, member, names)];
  });
  return Object.fromEntries(members);
}

function entriesToWire(shape: Shape, value: JsonObject, names: Names): JsonValue {
  const entry = entryShape(shape);
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, toWire(entry, item, names)]);
  if (!isIntegerKeyed(shape)) return Object.fromEntries(entries);
  return new Map(entries.map(([key, item]): [JsonValue, JsonValue] => [INTEGER.test(key) ? BigInt(key) : key, item]));
}
