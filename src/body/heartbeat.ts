import { Int32, Name, type Static, Type } from "../schema/types.ts";
import { ConsumeFromWhere, ConsumeType, MessageModel } from "./consumption.ts";
import { jsonBody } from "./json.ts";
import { SubscriptionData } from "./subscription.ts";

/** ConsumerData: one consumer group of a client. */
export const ConsumerData = Type.Object(
  {
    groupName: Name("consumer group"),
    consumeType: ConsumeType,
    messageModel: MessageModel,
    consumeFromWhere: ConsumeFromWhere,
    subscriptionDataSet: Type.Array(SubscriptionData, { description: "one for each topic" }),
    unitMode: Type.Boolean({ description: "whether the client belongs to a unit" }),
  },
  { additionalProperties: false, description: "A consumer group of a client (ConsumerData)" },
);

/** ProducerData: one producer group of a client. */
export const ProducerData = Type.Object({ groupName: Name("producer group") }, { additionalProperties: false });

/** HeartbeatData: who a client is and what it does. Brokers forget a client 120 s after its last one. */
export const HeartbeatData = Type.Object(
  {
    clientID: Name("client, usually address@instance"),
    producerDataSet: Type.Array(ProducerData, { description: "producer groups" }),
    consumerDataSet: Type.Array(ConsumerData, { description: "consumer groups" }),
    heartbeatFingerprint: Type.Optional(
      Int32("hash of all the rest; 0 for a heartbeat of the first form, since 5.1.3"),
    ),
    withoutSub: Type.Optional(
      Type.Boolean({ description: "whether subscriptions are left out as the fingerprint tells them, since 5.1.3" }),
    ),
  },
  { additionalProperties: false, description: "A client with its groups (HeartbeatData)" },
);
export type HeartbeatData = Static<typeof HeartbeatData>;

export const heartbeatData = jsonBody(HeartbeatData);
