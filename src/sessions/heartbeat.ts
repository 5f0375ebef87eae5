import type { HeartbeatData } from "../body/heartbeat.ts";
import type { SubscriptionData } from "../body/subscription.ts";
import type { Consumer, SessionSpec } from "./spec.ts";
import { ALL, subscriptionOf, TAG } from "./subscription.ts";

/** Where brokers put the messages that a group could not consume (MixAll.RETRY_GROUP_TOPIC_PREFIX). */
const RETRY_PREFIX = "%RETRY%";

/** What a session says of itself to a broker: each group once, with all its topics. */
export function heartbeatOf({ clientId, producerGroups, consumerGroups, createdAt }: SessionSpec): HeartbeatData {
  const byGroup = Map.groupBy(consumerGroups, ({ group }) => group);
  return {
    clientID: clientId,
    producerDataSet: producerGroups.map((groupName) => ({ groupName })),
    consumerDataSet: [...byGroup.values()].flatMap((consumers) => {
      const [first] = consumers;
      if (first === undefined) return [];
      const { group: groupName, consumeType, messageModel, consumeFromWhere } = first;
      const subscriptionDataSet = subscriptionsOf(consumers, createdAt);
      return [{ groupName, consumeType, messageModel, consumeFromWhere, subscriptionDataSet, unitMode: false }];
    }),
  };
}

/**
 * What the consumers of one group want. A member that is handed messages wants those to be retried too, as every Java
 * client states: a broker takes the last statement for the whole group's, so to leave it out would cut off the others.
 */
export function subscriptionsOf(consumers: readonly Consumer[], subVersion: number): SubscriptionData[] {
  const stated = consumers.map(({ topic, expression, expressionType }) =>
    subscriptionOf(topic, expression, expressionType, subVersion),
  );
  const [first] = consumers;
  const isRetried = first?.consumeType === "CONSUME_PASSIVELY" && first.messageModel === "CLUSTERING";
  const retryTopic = RETRY_PREFIX + first?.group;
  if (!isRetried || consumers.some(({ topic }) => topic === retryTopic)) return stated;
  return [...stated, subscriptionOf(retryTopic, ALL, TAG, subVersion)];
}
