import { ORDER_TOPIC_CONFIG } from "../body/kv-table.ts";
import { getKvConfig } from "../commands/get-kv-config.ts";
import { putKvConfig } from "../commands/put-kv-config.ts";
import { orNull } from "../discovery/absent.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { NameServers } from "../discovery/name-servers.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { QUERY_NOT_FOUND } from "../wire/response-codes.ts";

/** Where name servers keep which brokers have how many queues of an ordered topic: `b1:4;b2:4`. */
const namespace = ORDER_TOPIC_CONFIG;

/** What a topic with `order` leaves at the name servers. */
export interface OrderConf {
  readonly topic: string;
  readonly writeQueueNums: number;
  readonly brokers: readonly BrokerTarget[];
  /** Whether those are all of them, so that nothing of an earlier configuration stays. */
  readonly isWhole: boolean;
}

/**
 * Tells all name servers the queues of an ordered topic, as mqadmin does after it created one (UpdateTopicSubCommand,
 * createOrUpdateOrderConf): clients that get it with a route send to these queues alone, and so know the order of each.
 */
export async function orderConfWritten(
  { topic, writeQueueNums, brokers, isWhole }: OrderConf,
  nameServers: NameServers,
): Promise<Outcome<unknown>[]> {
  const before = isWhole ? "" : await confOf(topic, nameServers);
  const counts = new Map<string, string>();
  for (const entry of before.split(";")) {
    const [brokerName = "", count] = entry.split(":");
    if (count !== undefined) counts.set(brokerName, count);
  }
  for (const { brokerName } of brokers) counts.set(brokerName, String(writeQueueNums));
  const value = [...counts].map((entry) => entry.join(":")).join(";");
  return nameServers.all(putKvConfig, { namespace, key: topic, value });
}

async function confOf(key: string, nameServers: NameServers): Promise<string> {
  const reply = await orNull(nameServers.read(getKvConfig, { namespace, key }), QUERY_NOT_FOUND);
  return reply?.header.value ?? "";
}
