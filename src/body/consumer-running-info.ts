import { RowsOf } from "../schema/rows.ts";
import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";
import { SubscriptionData } from "./subscription.ts";

/** ProcessQueueInfo: messages of a queue that a client holds in memory. */
const ProcessQueue = Type.Object({
  commitOffset: Int64("committed offset"),
  cachedMsgMinOffset: Int64("offset of the first message held"),
  cachedMsgMaxOffset: Int64("offset of the last message held"),
  cachedMsgCount: Int32("messages held"),
  cachedMsgSizeInMiB: Type.Optional(Int32("their size, MiB, since 4.2")),
  transactionMsgMinOffset: Int64("offset of the first message being consumed in order"),
  transactionMsgMaxOffset: Int64("offset of the last message being consumed in order"),
  transactionMsgCount: Int32("messages being consumed in order"),
  locked: Type.Boolean({ description: "whether the client holds the lock of the queue" }),
  tryUnlockTimes: Int64("attempts to give the lock back"),
  lastLockTimestamp: Int64("when the lock was last had, epoch milliseconds"),
  droped: Type.Boolean({ description: "whether the queue is no longer the client's" }),
  lastPullTimestamp: Int64("when it was last pulled, epoch milliseconds"),
  lastConsumeTimestamp: Int64("when a message was last consumed, epoch milliseconds"),
});

/** PopProcessQueueInfo: messages that a client popped. */
const PopProcessQueue = Type.Object({
  waitAckCount: Int32("messages that wait for their acknowledgement"),
  droped: Type.Boolean({ description: "whether the queue is no longer the client's" }),
  lastPopTimestamp: Int64("when it was last popped, epoch milliseconds"),
});

/** ConsumeStatus: how fast a client takes the messages of a topic. */
const ConsumeStatus = Type.Object({
  pullRT: Type.Number({ description: "time of a pull, milliseconds" }),
  pullTPS: Type.Number({ description: "messages pulled in a second" }),
  consumeRT: Type.Number({ description: "time of consuming a message, milliseconds" }),
  consumeOKTPS: Type.Number({ description: "messages consumed in a second" }),
  consumeFailedTPS: Type.Number({ description: "messages that failed in a second" }),
  consumeFailedMsgs: Int64("messages that failed in the last hour"),
});

/** ConsumerRunningInfo: what a client says of itself. Clients that are not Java leave much of it out. */
export const ConsumerRunningInfo = Type.Object({
  properties: Type.Record(Type.String(), Type.String(), {
    description: "settings and facts, such as PROP_CLIENT_VERSION",
  }),
  subscriptionSet: Type.Array(SubscriptionData, { description: "one for each topic" }),
  mqTable: RowsOf(MessageQueue, ProcessQueue, "queues that it pulls"),
  mqPopTable: Type.Optional(RowsOf(MessageQueue, PopProcessQueue, "queues that it pops, since 5.0")),
  statusTable: Type.Record(Type.String(), ConsumeStatus, { description: "speed by topic" }),
  userConsumerInfo: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: "what the application adds, since 5.0" }),
  ),
  jstack: Type.Optional(Type.String({ description: "stacks of all threads, where they were asked for" })),
});
export type ConsumerRunningInfo = Static<typeof ConsumerRunningInfo>;

export const consumerRunningInfo = jsonBody(ConsumerRunningInfo);
