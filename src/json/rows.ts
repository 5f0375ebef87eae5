import { isContainer, isJsonObject, type JsonMap, type JsonObject, type JsonValue, setMember } from "./value.ts";

/** Whether a map needs rows: a key of it is an object or array. */
export function hasObjectKey(map: JsonMap): boolean {
  for (const key of map.keys()) if (isContainer(key)) return true;
  return false;
}

/**
 * One object for each entry of a map: the members of its key, then those of its value. What is no object stands as
 * `key` or `value`. A member that both have is the value's. Made one by one, since all may share a large value.
 *
 * `{{"queueId":0}:{"offset":7}}` → `[{"queueId":0,"offset":7}]`; `{{"queueId":0}:7}` → `[{"queueId":0,"value":7}]`.
 */
export function* rowsOf(map: JsonMap): Generator<JsonObject, void> {
  for (const [key, value] of map) yield { ...membersOf("key", key), ...membersOf("value", value) };
}

function membersOf(name: string, value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : { [name]: value };
}

/** A map without object keys as an object: its integers and other scalars become the text that they are written as. */
export function withTextKeys(map: JsonMap): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of map) setMember(object, String(key), value);
  return object;
}
