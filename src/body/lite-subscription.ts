import { Int64, Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** OffsetOption: where a new subscription begins. */
const StartOption = Type.Object(
  {
    type: Type.Enum(["POLICY", "OFFSET", "TAIL_N", "TIMESTAMP"], { description: "what the value says" }),
    value: Int64("a policy (0 last, 1 min, 2 max), an offset, messages before the end, or epoch milliseconds"),
  },
  { additionalProperties: false },
);

/** LiteSubscriptionDTO: lite topics that a client takes or leaves. */
const LiteSubscription = Type.Object(
  {
    action: Type.Enum(["PARTIAL_ADD", "PARTIAL_REMOVE", "COMPLETE_ADD", "COMPLETE_REMOVE"], {
      description: "whether the topics are added or removed, and whether they are all that the client has",
    }),
    clientId: Name("client"),
    group: Name("consumer group"),
    topic: Name("parent topic"),
    liteTopicSet: Type.Optional(Type.Array(Type.String(), { description: "lite topics" })),
    offsetOption: Type.Optional(StartOption),
    version: Type.Optional(Int64("version of the subscription")),
  },
  { additionalProperties: false },
);

/** LiteSubscriptionCtlRequestBody: changes of what clients take. */
export const LiteSubscriptions = Type.Object(
  { subscriptionSet: Type.Array(LiteSubscription, { description: "changes" }) },
  { additionalProperties: false },
);
export type LiteSubscriptions = Static<typeof LiteSubscriptions>;

export const liteSubscriptions = jsonBody(LiteSubscriptions);
