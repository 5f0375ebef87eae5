import type { Client } from "../client/client.ts";
import { NO_GROUP } from "../client/probe.ts";
import { getConsumerListByGroup } from "../commands/get-consumer-list-by-group.ts";
import type { BrokerTarget } from "./broker-target.ts";

/** The MQVersion ordinal of a broker, by whatever it answers to something harmless. Rejects as {@link Client.call}. */
export async function versionAt(broker: BrokerTarget, call: Client["call"], timeoutMillis: number): Promise<number> {
  const { command } = await call(broker, getConsumerListByGroup, { consumerGroup: NO_GROUP }, timeoutMillis);
  return command.version;
}
