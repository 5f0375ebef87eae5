import { Int64, IntegerKeyed, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { DataVersion } from "./topic-config.ts";

const offsetByQueue = IntegerKeyed(Int64("offset"), "offset by queue");

/** ConsumerOffsetSerializeWrapper: every committed offset of a broker. */
export const ConsumerOffsets = Type.Object({
  offsetTable: Type.Record(Type.String(), offsetByQueue, { description: "committed offsets by topic@group" }),
  pullOffsetTable: Type.Optional(
    Type.Record(Type.String(), offsetByQueue, { description: "pulled offsets by topic@group, since 5.1" }),
  ),
  groupTopicMap: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), { description: "topics by group, since 5.4" }),
  ),
  dataVersion: Type.Optional(DataVersion),
});
export type ConsumerOffsets = Static<typeof ConsumerOffsets>;

export const consumerOffsets = jsonBody(ConsumerOffsets);

/** DelayOffsetSerializeWrapper: how far a broker is in delivering delayed messages. */
export const DelayOffsets = Type.Object({
  offsetTable: IntegerKeyed(Int64("offset of the next message"), "offset by delay level"),
  dataVersion: Type.Optional(DataVersion),
});
export type DelayOffsets = Static<typeof DelayOffsets>;

export const delayOffsets = jsonBody(DelayOffsets);

/** QueryCorrectionOffsetBody: the offset of the slowest group in each queue. */
export const CorrectionOffsets = Type.Object({ correctionOffsets: offsetByQueue });
export type CorrectionOffsets = Static<typeof CorrectionOffsets>;

export const correctionOffsets = jsonBody(CorrectionOffsets);
