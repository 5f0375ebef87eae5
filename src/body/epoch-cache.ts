import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** EpochEntry: the part of a commit log that one master wrote. */
const Epoch = Type.Object({
  epoch: Int32("epoch of the master"),
  startOffset: Int64("where it begins, bytes"),
  endOffset: Int64("where it ends, bytes; the largest of all integers while it grows"),
});

/** EpochEntryCache: who wrote which part of a commit log. */
export const EpochCache = Type.Object({
  clusterName: Type.String({ description: "cluster name" }),
  brokerName: Type.String({ description: "broker name" }),
  brokerId: Int64("0 is the master"),
  epochList: Type.Array(Epoch, { description: "the oldest first" }),
  maxOffset: Int64("end of the commit log, bytes"),
});
export type EpochCache = Static<typeof EpochCache>;

export const epochCache = jsonBody(EpochCache);
