import { orNull } from "../discovery/absent.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { ResolveBrokers } from "../sessions/api.ts";
import { TOPIC_NOT_EXIST } from "../wire/response-codes.ts";

/** The brokers that a session involves, each once. A topic that isn't anywhere yet is on none: its first message makes it. */
export function sessionBrokers(brokers: Pick<Brokers, "all" | "allOf">): ResolveBrokers {
  const allOf = async (topic: string) => (await orNull(brokers.allOf(topic), TOPIC_NOT_EXIST)) ?? [];
  return async ({ topics, all }) => {
    const found = await Promise.all([...(all ? [brokers.all()] : []), ...topics.map(allOf)]);
    const keyOf = ({ brokerName, brokerId, host, port }: BrokerTarget) => `${brokerName} ${brokerId} ${host} ${port}`;
    return [...new Map(found.flat().map((broker) => [keyOf(broker), broker])).values()];
  };
}
