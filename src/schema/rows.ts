import type { TObject, TProperties, TSchema } from "typebox";
import { Type } from "./types.ts";

/** The keyword that names the members of a row which are the key of its entry: together they identify the row. */
export const MAP_KEY = "x-map-key";
/** The keyword that names the member of a row which is the whole value of its entry. */
export const MAP_VALUE = "x-map-value";

/**
 * A map whose keys and values are objects, as a list of rows with the members of both. JSON has no such map; fastjson
 * writes `{{"queueId":0,"topic":"T"}:{"maxOffset":7}}` for the row `{"queueId":0,"topic":"T","maxOffset":7}`.
 */
export function RowsOf<K extends TProperties, V extends TProperties>(
  key: TObject<K>,
  value: TObject<V>,
  description: string,
) {
  const row = Type.Object<K & V>({ ...key.properties, ...value.properties });
  return Type.Array(row, { description, [MAP_KEY]: Object.keys(key.properties) });
}

/** The same for values that are no objects: in a row the value has this name. */
export function ValueRowsOf<K extends TProperties, N extends string, V extends TSchema>(
  key: TObject<K>,
  name: N,
  value: V,
  description: string,
) {
  const row = Type.Object<K & Record<N, V>>({ ...key.properties, [name]: value } as K & Record<N, V>);
  return Type.Array(row, { description, [MAP_KEY]: Object.keys(key.properties), [MAP_VALUE]: name });
}
