import { Int32, Int64, Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { RetryPolicy } from "./retry-policy.ts";
import { expressionTypeDescription } from "./subscription.ts";
import { DataVersion } from "./topic-config.ts";

const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

/** SimpleSubscriptionData: a subscription that a group is held to. */
const FixedSubscription = Type.Object(
  {
    topic: Name("topic name"),
    expressionType: Type.String({ description: expressionTypeDescription }),
    expression: Type.String({ description: "expression: * for all, or tags joined by ||" }),
    version: Int64("when it was made, epoch milliseconds"),
  },
  { additionalProperties: false },
);

/** SubscriptionGroupConfig: what a broker lets a consumer group do. What is left out takes Java's initial value. */
export const SubscriptionGroupConfig = Type.Object(
  {
    groupName: Name("consumer group"),
    consumeEnable: flag("whether it may consume; true when left out"),
    consumeFromMinEnable: flag("whether it may begin at the oldest message; true when left out"),
    consumeBroadcastEnable: flag("whether it may broadcast; true when left out"),
    consumeMessageOrderly: flag("whether pop hands out in order, since 5.0; false when left out"),
    retryQueueNums: Type.Optional(Int32("queues of its retry topic; 1 when left out")),
    retryMaxTimes: Type.Optional(Int32("redeliveries before a message is dead; 16 when left out")),
    groupRetryPolicy: Type.Optional(RetryPolicy),
    brokerId: Type.Optional(Int64("broker to consume from; 0, the master, when left out")),
    whichBrokerWhenConsumeSlowly: Type.Optional(
      Int64("broker to consume from when the master's memory no longer holds the messages; 1 when left out"),
    ),
    notifyConsumerIdsChangedEnable: flag(
      "whether clients hear of each other's coming and going, since 4.2; true when left out",
    ),
    groupSysFlag: Type.Optional(Int32("bits: 1 unit, since 5.0; 0 when left out")),
    consumeTimeoutMinute: Type.Optional(Int32("how long consuming may take, minutes, since 5.0; 15 when left out")),
    subscriptionDataSet: Type.Optional(
      Type.Array(FixedSubscription, { description: "subscriptions that it is held to, since 5.1.1" }),
    ),
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description:
          "attributes, since 5.1.3; in a change each name begins with + (set) or - (delete), such as +lite.bind.topic",
      }),
    ),
  },
  { additionalProperties: false, description: "A consumer group on one broker (SubscriptionGroupConfig)" },
);
export type SubscriptionGroupConfig = Static<typeof SubscriptionGroupConfig>;

export const subscriptionGroupConfig = jsonBody(SubscriptionGroupConfig);

/** SubscriptionGroupList: several groups at once. */
export const SubscriptionGroupList = Type.Object(
  { groupConfigList: Type.Array(SubscriptionGroupConfig, { description: "groups to create or change" }) },
  { additionalProperties: false },
);
export type SubscriptionGroupList = Static<typeof SubscriptionGroupList>;

export const subscriptionGroupList = jsonBody(SubscriptionGroupList);

/** SubscriptionGroupWrapper: every group of a broker. */
export const SubscriptionGroupTable = Type.Object({
  subscriptionGroupTable: Type.Record(Type.String(), SubscriptionGroupConfig, { description: "groups by name" }),
  forbiddenTable: Type.Optional(
    Type.Record(Type.String(), Type.Record(Type.String(), Int32("bits: 4 reading is forbidden")), {
      description: "what is forbidden by group and topic, since 5.0",
    }),
  ),
  dataVersion: DataVersion,
});
export type SubscriptionGroupTable = Static<typeof SubscriptionGroupTable>;

export const subscriptionGroupTable = jsonBody(SubscriptionGroupTable, ["timestamp"]);
