import { Fault } from "../errors.ts";
import { isJsonObject, type JsonMap, type JsonObject, type JsonValue } from "../json/value.ts";
import { MAP_KEY, MAP_VALUE } from "../schema/rows.ts";
import type { Shape } from "./shape.ts";

/** Of a row. Entries may share one value by reference, so without a bound the rows could outgrow any body. */
const MAX_MEMBERS = 64;

/** Whether lists of this shape travel as a map whose keys are objects. */
export function areRows(shape: Shape): boolean {
  return shape[MAP_KEY] !== undefined;
}

/** The entries of a map as rows of this shape. Throws `undecodable` where a key or value has no place in a row. */
export function rowsOfMap(shape: Shape, map: JsonMap | JsonObject, name: string): JsonObject[] {
  const valueName = shape[MAP_VALUE];
  const rows: JsonObject[] = [];
  for (const [key, value] of map instanceof Map ? map : Object.entries(map)) {
    const keyMembers = membersOf(key, `a key of ${name}`);
    const valueMembers =
      valueName === undefined ? membersOf(value ?? {}, `a value of ${name}`) : { [valueName]: value };
    rows.push({ ...keyMembers, ...valueMembers });
  }
  return rows;
}

/** The map that rows of this shape stand for. Throws `invalid-argument` for a row that is no object. */
export function mapOfRows(shape: Shape, rows: readonly JsonValue[]): JsonMap {
  return new Map(rows.map((row) => entryOfRow(shape, row)));
}

function entryOfRow(
  { [MAP_KEY]: keyNames = [], [MAP_VALUE]: valueName }: Shape,
  row: JsonValue,
): [JsonValue, JsonValue] {
  if (!isJsonObject(row)) throw new Fault("invalid-argument", "Cannot encode body: a row is not an object");
  const members = Object.entries(row);
  const key = Object.fromEntries(members.filter(([name]) => keyNames.includes(name)));
  if (valueName !== undefined) return [key, row[valueName] ?? null];
  return [key, Object.fromEntries(members.filter(([name]) => !keyNames.includes(name)))];
}

function membersOf(value: JsonValue, what: string): JsonObject {
  if (!isJsonObject(value)) throw new Fault("undecodable", `Cannot decode body: ${what} is not an object`);
  if (Object.keys(value).length <= MAX_MEMBERS) return value;
  throw new Fault("undecodable", `Cannot decode body: ${what} has more than ${MAX_MEMBERS} members`);
}
