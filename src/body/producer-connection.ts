import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { Connection } from "./connection.ts";
import { jsonBody } from "./json.ts";

/** ProducerConnection: the clients of a producer group that a broker knows. */
export const ProducerConnection = Type.Object({
  connectionSet: Type.Array(Connection, { description: "clients that are connected" }),
});
export type ProducerConnection = Static<typeof ProducerConnection>;

export const producerConnection = jsonBody(ProducerConnection);

/** ProducerInfo: one client of a producer group. */
const ProducerInfo = Type.Object({
  clientId: Type.String({ description: "client" }),
  remoteIP: Type.String({ description: "its address as the broker sees it, /host:port" }),
  language: Type.String({ description: "language of the client, such as JAVA" }),
  version: Int32("its version, as the ordinal of MQVersion"),
  lastUpdateTimestamp: Int64("when its last heartbeat came, epoch milliseconds"),
});

/** ProducerTableInfo: every producer that a broker knows. */
export const ProducerTable = Type.Object({
  data: Type.Record(Type.String(), Type.Array(ProducerInfo), { description: "clients by producer group" }),
});
export type ProducerTable = Static<typeof ProducerTable>;

export const producerTable = jsonBody(ProducerTable);
