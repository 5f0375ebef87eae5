import { bool, i32, i64, optional, text } from "../../schema/fields.ts";
import { topicHeader } from "./inherited.ts";

/** ResetOffsetRequestHeader. */
export const resetOffsetHeader = {
  topic: text("topic name"),
  group: text("consumer group"),
  timestamp: i64("store time of the messages to go on from, epoch milliseconds; -1 for the end"),
  isForce: bool("whether offsets may move forward too; brokers pass on false whatever was said"),
  queueId: optional(i32("only this queue; -1 for all, since 5.1")),
  offset: optional(i64("offset to go on from in that queue, since 5.1")),
  ...topicHeader,
};
