import { groupSubscription } from "../body/group-subscription.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const querySubscriptionByConsumer = command({
  code: 345,
  name: "QUERY_SUBSCRIPTION_BY_CONSUMER",
  description: "What the connected clients of a group want of a topic. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      group: text("consumer group"),
      topic: optional(text("topic name")),
      ...topicHeader,
    },
  },
  response: { body: groupSubscription },
});
