import { type Static, Type } from "../schema/types.ts";
import { Connection } from "./connection.ts";
import { ConsumeFromWhere, ConsumeType, MessageModel } from "./consumption.ts";
import { jsonBody } from "./json.ts";
import { SubscriptionData } from "./subscription.ts";

/** ConsumerConnection: the clients of a consumer group that a broker knows, and what they agreed upon. */
export const ConsumerConnection = Type.Object({
  connectionSet: Type.Array(Connection, { description: "clients that are connected" }),
  subscriptionTable: Type.Record(Type.String(), SubscriptionData, { description: "subscription by topic" }),
  consumeType: ConsumeType,
  messageModel: MessageModel,
  consumeFromWhere: ConsumeFromWhere,
});
export type ConsumerConnection = Static<typeof ConsumerConnection>;

export const consumerConnection = jsonBody(ConsumerConnection);
