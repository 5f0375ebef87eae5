import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** The namespace in which operators order topics: queues by broker, such as `broker-a:4;broker-b:4`, by topic. */
export const ORDER_TOPIC_CONFIG = "ORDER_TOPIC_CONFIG";

/** KVTable: the entries of one namespace. */
export const KvTable = Type.Object(
  { table: Type.Record(Type.String(), Type.String(), { description: "value by key" }) },
  { title: "KVTable", description: "Key-value entries of one namespace (KVTable)" },
);
export type KvTable = Static<typeof KvTable>;

export const kvTable = jsonBody(KvTable);
