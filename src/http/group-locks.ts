import type { MessageQueue } from "../body/message-queue.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Int32, Name, type Static, Type } from "../schema/types.ts";

/** Queues that a client wants for itself, or gives back. */
export const LocksInput = Type.Object(
  {
    clientId: Name("client that holds the locks"),
    queues: Type.Array(
      Type.Object(
        { topic: Name("topic name"), brokerName: Name("broker name"), queueId: Int32("queue", { minimum: 0 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, description: "queues, on whichever brokers" },
    ),
  },
  { additionalProperties: false, title: "LocksInput" },
);
type LocksInput = Static<typeof LocksInput>;

/** The queues by their brokers. Rejects with `not-found` where one of those isn't known. */
export async function queuesByBroker({ queues }: LocksInput, brokers: Brokers): Promise<QueuesByBroker> {
  const byName = Map.groupBy(queues, ({ brokerName }) => brokerName);
  const found = [...byName].map(async ([name, own]) => [await brokers.named(name), own] as const);
  return new Map(await Promise.all(found));
}

export type QueuesByBroker = ReadonlyMap<BrokerTarget, MessageQueue[]>;
