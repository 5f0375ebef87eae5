import { i32, i64, optional, text } from "../../schema/fields.ts";
import { topicHeader } from "./inherited.ts";

/** PullMessageRequestHeader. */
export const pullMessageHeader = {
  consumerGroup: text("consumer group"),
  topic: text("topic name"),
  queueId: i32("queue"),
  queueOffset: i64("offset to begin at"),
  maxMsgNums: i32("how many messages at most"),
  sysFlag: i32("bits: 1 commit commitOffset, 2 wait, 4 subscription is given, 8 class filter, 16 lite pull"),
  commitOffset: i64("offset that the group has consumed up to"),
  suspendTimeoutMillis: i64("how long to wait for a message, milliseconds"),
  subscription: optional(text("expression: * for all, or tags joined by ||")),
  subVersion: i64("when the subscription was made, epoch milliseconds"),
  expressionType: optional(text("language of the expression: TAG or SQL92, since 4.1")),
  maxMsgBytes: optional(i32("how many bytes at most, since 5.0")),
  requestSource: optional(i32("-1 client, 0 to 2 proxy for order, broadcast, stream, since 5.1")),
  proxyFrowardClientId: optional(text("client that a proxy asks for, since 5.1")),
  liteTopic: optional(text("lite topic below the topic, since 5.5")),
  ...topicHeader,
};

/** PullMessageResponseHeader. */
export const pullMessageReply = {
  suggestWhichBrokerId: i64("broker id to pull from next"),
  nextBeginOffset: i64("offset to go on from"),
  minOffset: i64("offset of the oldest message"),
  maxOffset: i64("offset that the next message will have"),
  offsetDelta: optional(i64("what to add to the offsets of the records, since 5.0")),
  topicSysFlag: optional(i32("bits: 1 unit, 2 unit subscription, since 5.0")),
  groupSysFlag: optional(i32("bits: 1 unit, since 5.0")),
  forbiddenType: optional(i32("with code 16: 1 broker, 2 group, 3 topic, 4 broadcasting, 5 subscription, since 5.0")),
};
