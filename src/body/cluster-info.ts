import { IntegerKeyed, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** BrokerData: the addresses of one broker name. 3.x leaves the cluster out. */
export const BrokerData = Type.Object(
  {
    cluster: Type.Optional(Type.String({ description: "cluster name" })),
    brokerName: Type.String({ description: "broker name" }),
    brokerAddrs: IntegerKeyed(Type.String(), "address by broker id; 0 is the master"),
    zoneName: Type.Optional(Type.String({ description: "zone, since 5.0" })),
    enableActingMaster: Type.Optional(Type.Boolean({ description: "whether a slave may act as master, since 5.0" })),
  },
  { title: "BrokerData", description: "A broker with its master and slaves (BrokerData)" },
);
export type BrokerData = Static<typeof BrokerData>;

/** ClusterInfo: what a name server knows of clusters and brokers. */
export const ClusterInfo = Type.Object({
  brokerAddrTable: Type.Record(Type.String(), BrokerData, { description: "broker by name" }),
  clusterAddrTable: Type.Record(Type.String(), Type.Array(Type.String()), { description: "broker names by cluster" }),
});
export type ClusterInfo = Static<typeof ClusterInfo>;

export const clusterInfo = jsonBody(ClusterInfo);
