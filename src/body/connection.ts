import { Int32, type Static, Type } from "../schema/types.ts";

/** Connection: one client that is connected to a broker. */
export const Connection = Type.Object(
  {
    clientId: Type.String({ description: "client" }),
    clientAddr: Type.String({ description: "its address as the broker sees it, host:port" }),
    language: Type.String({ description: "language of the client, such as JAVA" }),
    version: Int32("its version, as the ordinal of MQVersion"),
  },
  { description: "A client at a broker (Connection)" },
);
export type Connection = Static<typeof Connection>;
