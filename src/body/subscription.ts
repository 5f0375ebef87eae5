import { Int32, Int64, type Static, Type } from "../schema/types.ts";

export const expressionTypeDescription = "language of the expression: TAG or SQL92";

/** SubscriptionData: what a consumer wants of one topic. */
export const SubscriptionData = Type.Object(
  {
    classFilterMode: Type.Optional(
      Type.Boolean({ description: "whether subString is a class on a filter server, which ended with 4.x" }),
    ),
    topic: Type.String({ description: "topic name" }),
    subString: Type.String({ description: "expression as it was given: * for all, or tags joined by ||" }),
    tagsSet: Type.Array(Type.String(), { description: "tags of the expression; none stands for all" }),
    codeSet: Type.Array(Int32("String.hashCode() of a tag"), { description: "by which brokers tell those tags" }),
    subVersion: Int64("when it was made, epoch milliseconds; brokers take a newer one only"),
    expressionType: Type.Optional(Type.String({ description: `${expressionTypeDescription}, since 4.1` })),
  },
  { description: "What a consumer wants of a topic (SubscriptionData)" },
);
export type SubscriptionData = Static<typeof SubscriptionData>;
