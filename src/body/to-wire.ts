import { isContainer, isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { entryShape, isIntegerKeyed, memberShape, type Shape } from "./shape.ts";

/** How a reader wants a body spelled. */
export interface Spelling {
  /** What members are called on the wire, where that differs. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether integer keys stand without quotes. */
  readonly bareKeys: boolean;
}

const INTEGER = /^-?[0-9]{1,40}$/;

/**
 * A value of this shape as it is written: declared members renamed, integer keys as the keys of a `Map`. Only the
 * shape tells those from a topic that happens to be called `timestamp` or a broker called `brokerAddrs`.
 */
export function toWire(shape: Shape | undefined, value: JsonValue, spelling: Spelling): JsonValue {
  if (shape === undefined || !isContainer(value)) return value;
  if (Array.isArray(value)) return value.map((item) => toWire(shape.items, item, spelling));
  if (!isJsonObject(value)) return value;
  return shape.properties ? membersToWire(shape, value, spelling) : entriesToWire(shape, value, spelling);
}

function membersToWire(shape: Shape, value: JsonObject, spelling: Spelling): JsonObject {
  const members = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    const declared = memberShape(shape, name);
    const wireName = declared && spelling.names.get(name);
    return [wireName ?? name, toWire(declared, member, spelling)];
  });
  return Object.fromEntries(members);
}

function entriesToWire(shape: Shape, value: JsonObject, spelling: Spelling): JsonValue {
  const entry = entryShape(shape);
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, toWire(entry, item, spelling)]);
  if (!spelling.bareKeys || !isIntegerKeyed(shape)) return Object.fromEntries(entries);
  return new Map(entries.map(([key, item]): [JsonValue, JsonValue] => [INTEGER.test(key) ? BigInt(key) : key, item]));
}
