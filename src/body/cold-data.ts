import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** AccAndTimeStamp: what one group reads from disk. */
const ColdReads = Type.Object({
  coldAcc: Int64("bytes read in this round"),
  lastColdReadTimeMills: Int64("when it last read any, epoch milliseconds"),
  createTimeMills: Int64("since when it is counted, epoch milliseconds"),
});

/** ColdDataCgCtrService.getColdDataFlowCtrInfo: how reading of old messages is slowed down. */
export const ColdDataFlow = Type.Object({
  runtimeTable: Type.Record(Type.String(), ColdReads, { description: "reads by consumer group" }),
  configTable: Type.Record(Type.String(), Int64("bytes in a round"), { description: "thresholds by consumer group" }),
  cgColdReadThreshold: Int64("threshold of a group without its own, bytes in a round"),
  globalColdReadThreshold: Int64("threshold of all together, bytes in a round"),
  globalAcc: Int64("bytes that all together read in this round"),
});
export type ColdDataFlow = Static<typeof ColdDataFlow>;

export const coldDataFlow = jsonBody(ColdDataFlow);
