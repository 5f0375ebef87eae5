import { Fault } from "../errors.ts";
import { isContainer, isInt64, isJsonObject, type JsonObject, type JsonValue, setMember } from "../json/value.ts";
import { toInt64 } from "../schema/integer.ts";
import { areRows, rowsOfMap } from "./rows.ts";
import { entryShape, memberShape, type Shape } from "./shape.ts";

type Member = JsonValue | undefined;
type Scalar = boolean | number | bigint | string;

/** One body being read: the names that members have on the wire, and what was read already. */
interface Reading {
  readonly names: ReadonlyMap<string, string>;
  /** Objects by shape. A body of fastjson may refer to one object from many places; reading it each time would grow. */
  readonly done: Map<Shape, Map<object, JsonValue>>;
}

/**
 * What was read, in this shape, as leniently as fastjson reads into its Java class: digits in quotes are an integer,
 * a number or boolean is a text where one is wanted, null is absent (and for an integer so are `""` and `"null"`),
 * absent maps and lists that are required are empty, what the shape doesn't know stays as it came. `names` gives what
 * members are called here by what the wire calls them.
 *
 * @throws {Fault} `undecodable` naming a member of another type.
 */
export function fromWire(shape: Shape, value: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  return readValue({ names, done: new Map() }, shape, value ?? {}, "it") ?? {};
}

/** Undefined for what counts as absent. */
function readValue(reading: Reading, shape: Shape, value: JsonValue, name: string): Member {
  if (value === null) return undefined;
  if (!isContainer(value)) return readScalar(shape, value, name);
  const known = doneOf(reading, shape);
  const read = known.get(value) ?? readContainer(reading, shape, value, name);
  known.set(value, read);
  return read;
}

function doneOf({ done }: Reading, shape: Shape): Map<object, JsonValue> {
  const known = done.get(shape) ?? new Map<object, JsonValue>();
  done.set(shape, known);
  return known;
}

function readContainer(reading: Reading, shape: Shape, value: JsonValue & object, name: string): JsonValue {
  const kind = kindOf(shape);
  if (kind === "any") return value;
  if (kind === "array" && Array.isArray(value)) return readItems(reading, shape, value, name);
  if (areRows(shape) && !Array.isArray(value)) {
    return readItems(reading, shape, rowsOfMap(shape, value, name.slice(0, SHOWN_CHARS)), name);
  }
  if (kind !== "object" || !isJsonObject(value)) throw isNot(name, kind);
  return shape.properties ? readMembers(reading, shape, value) : readEntries(reading, shape, value);
}

function readItems(reading: Reading, { items }: Shape, values: readonly JsonValue[], name: string): JsonValue[] {
  // 3.x and 4.x list the cluster of a broker that named none as null.
  const read = values.map((value) => (items ? readValue(reading, items, value, `an item of ${name}`) : value));
  return read.filter((value) => value !== undefined);
}

function readEntries(reading: Reading, shape: Shape, value: JsonObject): JsonObject {
  const entry = entryShape(shape);
  const entries: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const read = entry ? readValue(reading, entry, item, key) : item;
    if (read !== undefined) setMember(entries, key, read);
  }
  return entries;
}

function readMembers(reading: Reading, shape: Shape, value: JsonObject): JsonObject {
  const members: JsonObject = {};
  for (const [wireName, member] of Object.entries(value)) {
    const known = reading.names.get(wireName);
    const name = known !== undefined && memberShape(shape, known) ? known : wireName;
    const declared = memberShape(shape, name);
    const read = declared ? readValue(reading, declared, member, name) : member;
    if (read !== undefined) setMember(members, name, read);
  }
  for (const name of shape.required ?? []) {
    const missing = memberShape(shape, name);
    if (missing && !Object.hasOwn(members, name)) addEmpty(members, name, missing);
  }
  return members;
}

function addEmpty(members: JsonObject, name: string, shape: Shape): void {
  if (shape.items) members[name] = [];
  else if (shape.patternProperties) members[name] = {};
}

function readScalar(shape: Shape, value: Scalar, name: string): Member {
  const kind = kindOf(shape);
  switch (kind) {
    case "any":
      return value;
    case "string":
      return String(value);
    case "boolean":
      if (value === true || value === "true") return true;
      if (value === false || value === "false") return false;
      throw isNot(name, kind);
    case "integer":
      return readInteger(value, name);
    case "number":
      return readNumber(value, name);
    default:
      throw isNot(name, kind);
  }
}

function readInteger(value: Scalar, name: string): Member {
  if (isInt64(value)) return value;
  if (value === "" || value === "null") return undefined;
  const integer = typeof value === "string" ? toInt64(value) : undefined;
  if (integer === undefined) throw isNot(name, "integer");
  return integer;
}

/** NaN and the infinities, of an average of nothing, are absent: most generations write them as null. */
function readNumber(value: Scalar, name: string): Member {
  if (value === "" || value === "null") return undefined;
  const number = typeof value === "boolean" ? Number.NaN : Number(value);
  if (Number.isNaN(number) && typeof value !== "number") throw isNot(name, "number");
  return Number.isFinite(number) ? number : undefined;
}

/** As much of a name as an error message shows: a key may be as long as the whole body. */
const SHOWN_CHARS = 200;

/** The name of a type, `any` where the shape doesn't tell. */
function kindOf({ type = "any" }: Shape): string {
  // A list of types stands for an integer of 64 bits: see Int64.
  return typeof type === "string" ? type : "integer";
}

function isNot(name: string, kind: string): Fault {
  const article = /^[aeio]/.test(kind) ? "an" : "a";
  return new Fault("undecodable", `Cannot decode body: ${name.slice(0, SHOWN_CHARS)} is not ${article} ${kind}`);
}
