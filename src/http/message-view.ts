import { Message } from "../body/message.ts";
import { type Static, type TSchema, Type } from "../schema/types.ts";

/** A message with the broker that has it. */
export const MessageAtBroker = Type.Object(
  { brokerName: Type.String({ description: "broker that has it" }), ...Message.properties },
  { title: "MessageAtBroker", description: "A message, and the broker that has it" },
);
export type MessageAtBroker = Static<typeof MessageAtBroker>;

/** The parameters by which a reader says which messages it wants. */
export const filterQuery = {
  tags: Type.Optional(
    Type.String({ description: "only messages with one of these tags, joined by `||`; `*` for all", minLength: 1 }),
  ),
  sql: Type.Optional(
    Type.String({
      description: "only messages whose properties match this expression of SQL92; brokers before 4.1 know none",
      minLength: 1,
      examples: ["region = 'eu' AND price > 10"],
    }),
  ),
} satisfies Record<string, TSchema>;
