import { RowsOf } from "../schema/rows.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";

/** TopicOffset: the ends of a queue. */
export const TopicOffset = Type.Object({
  minOffset: Int64("offset of the oldest message that is still there"),
  maxOffset: Int64("offset that the next message will have"),
  lastUpdateTimestamp: Int64("when the last message was stored, epoch milliseconds; 0 when there is none"),
});

/** TopicStatsTable: the ends of every queue of a topic on one broker. */
export const TopicStats = Type.Object({
  offsetTable: RowsOf(MessageQueue, TopicOffset, "ends by queue"),
  topicPutTps: Type.Optional(Type.Number({ description: "messages that arrive in a second, since 5.3.3" })),
});
export type TopicStats = Static<typeof TopicStats>;

export const topicStats = jsonBody(TopicStats);
