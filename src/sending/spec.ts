import { MessageProperties } from "../body/message-properties.ts";
import { Int32, Int64, Moment, Name, type Static, Type } from "../schema/types.ts";

/** Who sends where nobody says. */
export const PRODUCER_GROUP = "rocketmq-gateway";

/** U+0001 and U+0002 part properties. */
const property = (description: string) => Type.String({ description, pattern: "^[^\\u0001\\u0002]*$" });

/** What a message has beside its body. */
export const messageMembers = {
  tags: Type.Optional(property("tag that consumers filter by")),
  keys: Type.Optional(
    Type.Union([property("keys that it is found by, with blanks between them"), Type.Array(property("a key"))], {
      description: "key or keys that it is found by; a blank parts two",
    }),
  ),
  properties: Type.Optional(MessageProperties),
  delayTimeLevel: Type.Optional(
    Int32("level of its delay, 1 to 18 unless the broker says otherwise: 1s 5s 10s 30s 1m 2m and so on to 2h", {
      minimum: 0,
    }),
  ),
  deliverAt: Type.Optional(
    Type.Union([Int64("epoch milliseconds", { minimum: 0 }), Moment("as RFC 3339 has it")], {
      description: "when it is delivered, epoch milliseconds or as RFC 3339 has it. Since 5.0",
    }),
  ),
  deliverAfterMillis: Type.Optional(Int64("how long its delivery is put off. Since 5.0", { minimum: 0 })),
  flag: Type.Optional(Int32("number of the application")),
  brokerName: Type.Optional(Name("broker that is to have it; default any that has the topic")),
  queueId: Type.Optional(Int32("queue of that broker; default any", { minimum: 0 })),
  messageGroup: Type.Optional(
    Name("messages of one group go to one queue, in their order: the one that Java's SelectMessageQueueByHash takes"),
  ),
  producerGroup: Type.Optional(Name(`producer group; default ${PRODUCER_GROUP}`)),
};

/** A message as a caller states it. */
export const MessageInput = Type.Object(
  {
    body: Type.Optional(Type.String({ description: "the body, as text" })),
    bodyBase64: Type.Optional(Type.String({ description: "or the body as bytes, in base64" })),
    ...messageMembers,
  },
  {
    additionalProperties: false,
    title: "MessageInput",
    description: "A message to send; one of body and bodyBase64 is needed",
    examples: [{ body: "hello", tags: "blue", keys: ["order-7"], properties: { colour: "blue" } }],
  },
);
export type MessageInput = Static<typeof MessageInput>;

/** The same, where its body may have come as bytes. */
export interface GivenMessage extends MessageInput {
  readonly bytes?: Uint8Array;
}
