import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { BrokerData } from "./cluster-info.ts";
import { jsonBody } from "./json.ts";

const brokerIds = (description: string) => Type.Array(Int64("broker id"), { description });

/** SyncStateSet: the replicas that have everything the master has. */
export const SyncStateSet = Type.Object(
  { syncStateSet: brokerIds("replicas in sync"), syncStateSetEpoch: Int32("version of the set") },
  { description: "Replicas in sync (SyncStateSet)" },
);
export type SyncStateSet = Static<typeof SyncStateSet>;

export const syncStateSet = jsonBody(SyncStateSet);

/** ElectMasterResponseBody: the broker after an election. */
export const Election = Type.Object({
  brokerMemberGroup: Type.Optional(Type.Pick(BrokerData, ["cluster", "brokerName", "brokerAddrs"])),
  syncStateSet: brokerIds("replicas in sync"),
});
export type Election = Static<typeof Election>;

export const election = jsonBody(Election);

/** ReplicaIdentity: one replica of a broker name. */
const Replica = Type.Object({
  brokerName: Type.String({ description: "broker name" }),
  brokerId: Int64("broker id that the controller gave"),
  brokerAddress: Type.String({ description: "address, host:port" }),
  alive: Type.Boolean({ description: "whether its heartbeats come" }),
});

/** ReplicasInfo: what a controller knows of one broker name. */
const ReplicasOfBroker = Type.Object({
  masterBrokerId: Type.Optional(Int64("broker id of the master")),
  masterAddress: Type.Optional(Type.String({ description: "address of the master, host:port" })),
  masterEpoch: Int32("how many masters there were"),
  syncStateSetEpoch: Int32("version of the set of replicas in sync"),
  inSyncReplicas: Type.Array(Replica, { description: "replicas that have everything the master has" }),
  notInSyncReplicas: Type.Array(Replica, { description: "all others" }),
});

/** BrokerReplicasInfo: the replicas of several broker names. */
export const BrokerReplicas = Type.Object({
  replicasInfoTable: Type.Record(Type.String(), ReplicasOfBroker, { description: "replicas by broker name" }),
});
export type BrokerReplicas = Static<typeof BrokerReplicas>;

export const brokerReplicas = jsonBody(BrokerReplicas);

/** The names of the brokers that are asked about: a bare list. */
export const brokerNames = jsonBody(Type.Array(Type.String(), { description: "broker names" }));
