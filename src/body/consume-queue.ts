import { Int32, Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { SubscriptionData } from "./subscription.ts";

const text = (description: string) => Type.Optional(Type.String({ description }));

/** ConsumeQueueData: one entry of a consume queue. */
const ConsumeQueueEntry = Type.Object({
  physicOffset: Int64("where the message is in the commit log, bytes"),
  physicSize: Int32("its size there, bytes"),
  tagsCode: Int64("String.hashCode() of its tag"),
  extendDataJson: text("extended entry, JSON"),
  bitMap: text("bits of the filters that take it"),
  eval: Type.Boolean({ description: "whether the group's filter takes it" }),
  msg: text("why it was not looked at"),
});

/** QueryConsumeQueueResponseBody: a piece of a consume queue as a group sees it. */
export const ConsumeQueue = Type.Object({
  subscriptionData: Type.Optional(SubscriptionData),
  filterData: text("filter of the group, or why there is none"),
  queueData: Type.Array(ConsumeQueueEntry, { description: "entries" }),
  maxQueueIndex: Int64("offset that the next message will have"),
  minQueueIndex: Int64("offset of the oldest message"),
});
export type ConsumeQueue = Static<typeof ConsumeQueue>;

export const consumeQueue = jsonBody(ConsumeQueue);
