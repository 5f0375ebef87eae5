import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { SubscriptionData } from "./subscription.ts";

/** QuerySubscriptionResponseBody: what a group wants of a topic. */
export const GroupSubscription = Type.Object({
  group: Type.String({ description: "consumer group" }),
  topic: Type.Optional(Type.String({ description: "topic name" })),
  subscriptionData: Type.Optional(SubscriptionData),
});
export type GroupSubscription = Static<typeof GroupSubscription>;

export const groupSubscription = jsonBody(GroupSubscription);
