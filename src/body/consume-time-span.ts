import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";

const time = (description: string) =>
  Type.Optional(Type.String({ description: `${description} in the broker's zone` }));

/** QueueTimeSpan: from when to when the messages of a queue are. */
const QueueTimeSpan = Type.Object({
  messageQueue: MessageQueue,
  minTimeStamp: Int64("when the oldest message was stored, epoch milliseconds; -1 when there is none"),
  maxTimeStamp: Int64("when the newest message was stored, epoch milliseconds; -1 when there is none"),
  consumeTimeStamp: Int64("when the last consumed message was stored, epoch milliseconds"),
  delayTime: Type.Optional(Int64("how long the next message has been waiting, milliseconds, since 4.2")),
  minTimeStampStr: time("minTimeStamp"),
  maxTimeStampStr: time("maxTimeStamp"),
  consumeTimeStampStr: time("consumeTimeStamp"),
});

/** QueryConsumeTimeSpanBody: how far in time a group is in every queue of a topic. */
export const ConsumeTimeSpan = Type.Object({
  consumeTimeSpanSet: Type.Array(QueueTimeSpan, { description: "one for each queue" }),
});
export type ConsumeTimeSpan = Static<typeof ConsumeTimeSpan>;

export const consumeTimeSpan = jsonBody(ConsumeTimeSpan);
