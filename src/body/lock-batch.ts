import { Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";

/** LockBatchRequestBody and UnlockBatchRequestBody: queues that a client wants for itself, or gives back. */
export const LockRequest = Type.Object(
  {
    consumerGroup: Name("consumer group"),
    clientId: Name("client that holds the locks"),
    onlyThisBroker: Type.Optional(
      Type.Boolean({ description: "whether the replicas of the broker are left out, since 5.0" }),
    ),
    mqSet: Type.Array(MessageQueue, { description: "queues" }),
  },
  { additionalProperties: false },
);
export type LockRequest = Static<typeof LockRequest>;

export const lockRequest = jsonBody(LockRequest);

/** LockBatchResponseBody: the queues that the client holds now. */
export const LockAnswer = Type.Object({
  lockOKMQSet: Type.Array(MessageQueue, { description: "queues that are locked for the client" }),
});
export type LockAnswer = Static<typeof LockAnswer>;

export const lockAnswer = jsonBody(LockAnswer);
