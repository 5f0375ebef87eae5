import { Int32, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { TopicOffset } from "./topic-stats.ts";

const text = (description: string) => Type.String({ description });

/** GetBrokerLiteInfoResponseBody: lite topics of a broker in numbers. */
export const BrokerLiteInfo = Type.Object({
  storeType: Type.Optional(text("how the broker stores queues")),
  maxLmqNum: Int32("lite topics that it may have"),
  currentLmqNum: Int32("lite topics that it has"),
  liteSubscriptionCount: Int32("subscriptions"),
  orderInfoCount: Int32("groups whose deliveries are held in order"),
  cqTableSize: Int32("consume queues in memory"),
  offsetTableSize: Int32("committed offsets in memory"),
  eventMapSize: Int32("clients with messages to deliver"),
  topicMeta: Type.Record(Type.String(), Int32("how long its lite topics live, minutes"), {
    description: "parent topics",
  }),
  groupMeta: Type.Record(Type.String(), Type.Array(Type.String()), { description: "groups by parent topic" }),
});
export type BrokerLiteInfo = Static<typeof BrokerLiteInfo>;

export const brokerLiteInfo = jsonBody(BrokerLiteInfo);

/** GetParentTopicInfoResponseBody: the lite topics below one topic. */
export const ParentTopicInfo = Type.Object({
  topic: text("parent topic"),
  ttl: Int32("how long a lite topic lives without messages, minutes; -1 for ever"),
  groups: Type.Array(Type.String(), { description: "consumer groups bound to it" }),
  lmqNum: Int32("lite topics that the broker has in all"),
  liteTopicCount: Int32("lite topics below this one"),
});
export type ParentTopicInfo = Static<typeof ParentTopicInfo>;

export const parentTopicInfo = jsonBody(ParentTopicInfo);

/** ClientGroup: a client as a member of a group. */
const Subscriber = Type.Object({ clientId: text("client"), group: text("consumer group") });

/** GetLiteTopicInfoResponseBody: one lite topic. */
export const LiteTopicInfo = Type.Object({
  parentTopic: text("parent topic"),
  liteTopic: text("lite topic"),
  subscriber: Type.Array(Subscriber, { description: "clients that take it" }),
  topicOffset: Type.Optional(TopicOffset),
  shardingToBroker: Type.Boolean({ description: "whether this broker is the one that has it" }),
});
export type LiteTopicInfo = Static<typeof LiteTopicInfo>;

export const liteTopicInfo = jsonBody(LiteTopicInfo);
