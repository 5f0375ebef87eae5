import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** HAConnectionRuntimeInfo: a slave as its master sees it. */
const SlaveConnection = Type.Object({
  addr: Type.String({ description: "address of the slave, host:port" }),
  slaveAckOffset: Int64("where in the commit log the slave is, bytes"),
  diff: Int64("how far it is behind the master, bytes"),
  inSync: Type.Boolean({ description: "whether that is near enough" }),
  transferredByteInSecond: Int64("bytes sent to it in a second"),
  transferFromWhere: Int64("where in the commit log the next bytes come from, bytes"),
});

/** HAClientRuntimeInfo: a master as its slave sees it. */
const MasterConnection = Type.Object({
  masterAddr: Type.Optional(Type.String({ description: "address of the master, host:port" })),
  transferredByteInSecond: Int64("bytes received in a second"),
  maxOffset: Int64("where in the commit log the slave is, bytes"),
  lastReadTimestamp: Int64("when it last received, epoch milliseconds"),
  lastWriteTimestamp: Int64("when it last reported, epoch milliseconds"),
  masterFlushOffset: Int64("how far the master is on disk, bytes"),
});

/** HARuntimeInfo: how replication goes. */
export const HaStatus = Type.Object({
  master: Type.Boolean({ description: "whether the broker is a master" }),
  masterCommitLogMaxOffset: Int64("end of the master's commit log, bytes"),
  inSyncSlaveNums: Int32("slaves that are near enough"),
  haConnectionInfo: Type.Array(SlaveConnection, { description: "slaves of a master" }),
  haClientRuntimeInfo: Type.Optional(MasterConnection),
});
export type HaStatus = Static<typeof HaStatus>;

export const haStatus = jsonBody(HaStatus);
