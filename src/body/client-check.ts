import { Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { SubscriptionData } from "./subscription.ts";

/** CheckClientRequestBody: a subscription whose expression the broker is asked to compile. */
export const ClientCheck = Type.Object(
  {
    clientId: Name("client"),
    group: Name("consumer group"),
    subscriptionData: SubscriptionData,
    namespace: Type.Optional(Type.String({ description: "namespace, since 5.0" })),
  },
  { additionalProperties: false, description: "A subscription to check (CheckClientRequestBody)" },
);
export type ClientCheck = Static<typeof ClientCheck>;

export const clientCheck = jsonBody(ClientCheck);
