import { RowsOf } from "../schema/rows.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";

/** OffsetWrapper: how far a group is in a queue. */
export const OffsetWrapper = Type.Object({
  brokerOffset: Int64("offset that the next message of the queue will have"),
  consumerOffset: Int64("committed offset of the group"),
  pullOffset: Type.Optional(Int64("offset up to which the group pulled, since 5.1")),
  lastTimestamp: Int64("when the last consumed message was stored, epoch milliseconds; 0 when unknown"),
});

/** ConsumeStats: how far a group is in every queue of its topics on one broker. */
export const ConsumeStats = Type.Object({
  offsetTable: RowsOf(MessageQueue, OffsetWrapper, "offsets by queue"),
  consumeTps: Type.Number({ description: "messages that the group takes in a second" }),
});
export type ConsumeStats = Static<typeof ConsumeStats>;

export const consumeStats = jsonBody(ConsumeStats);

/** ConsumeStatsList: the same of every group of a broker. */
export const ConsumeStatsList = Type.Object({
  consumeStatsList: Type.Array(
    Type.Record(Type.String(), Type.Array(ConsumeStats), { description: "one for each topic, by group" }),
    { description: "one group in each" },
  ),
  brokerAddr: Type.Optional(Type.String({ description: "address of the broker, host:port" })),
  totalDiff: Int64("messages that wait for all the groups together"),
  totalInflightDiff: Type.Optional(Int64("messages that were pulled and not yet committed, since 5.1")),
});
export type ConsumeStatsList = Static<typeof ConsumeStatsList>;

export const consumeStatsList = jsonBody(ConsumeStatsList);
