import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** KVTable: the entries of one namespace. */
export const KvTable = Type.Object(
  { table: Type.Record(Type.String(), Type.String(), { description: "value by key" }) },
  { description: "Key-value entries of one namespace (KVTable)" },
);
export type KvTable = Static<typeof KvTable>;

export const kvTable = jsonBody(KvTable);
