import type { BrokerData } from "../body/cluster-info.ts";
import type { TopicRouteData } from "../body/topic-route.ts";
import type { JsonObject } from "../json/value.ts";
import { isWritable } from "./permission.ts";
import type { State } from "./state.ts";
import { addressesOf, type Broker, lowestId, MASTER_ID } from "./tables/brokers.ts";
import type { TopicShare } from "./tables/topics.ts";

/** Where a topic is; undefined when no broker has it. */
export function routeOf({ topics, brokers, settings }: State, topic: string): TopicRouteData | undefined {
  const shares = [...(topics.get(topic)?.values() ?? [])];
  const serving = shares.flatMap(({ queueData }) => brokers.get(queueData.brokerName) ?? []);
  if (serving.length === 0) return undefined;
  const route: TopicRouteData = {
    queueDatas: shares.map(({ queueData }) => queueData),
    brokerDatas: serving.map(brokerDataOf),
    filterServerTable: filterServersOf(serving),
  };
  const mappings = mappingsOf(shares);
  if (Object.keys(mappings).length > 0) route.topicQueueMappingByBroker = mappings;
  if (settings.isOn("supportActingMaster")) showActingMasters(route, brokers);
  return route;
}

/** A broker as routes and the cluster info show it. */
export function brokerDataOf(broker: Broker): BrokerData {
  const { name, cluster, enableActingMaster, zoneName } = broker;
  const data = { cluster, brokerName: name, brokerAddrs: addressesOf(broker), enableActingMaster };
  return zoneName === undefined ? data : { ...data, zoneName };
}

function filterServersOf(brokers: readonly Broker[]): Record<string, string[]> {
  const replicas = brokers.flatMap((broker) => [...broker.replicas.values()]);
  const filtering = replicas.filter(({ filterServers }) => filterServers.length > 0);
  return Object.fromEntries(filtering.map(({ address, filterServers }) => [address, [...filterServers]]));
}

function mappingsOf(shares: readonly TopicShare[]): Record<string, JsonObject> {
  return Object.fromEntries(
    shares.flatMap(({ queueData, mapping }) => (mapping === undefined ? [] : [[queueData.brokerName, mapping]])),
  );
}

/** Shows the lowest slave of a broker that lost its master under the master's id: clients read from it then. */
function showActingMasters({ brokerDatas, queueDatas }: TopicRouteData, brokers: State["brokers"]): void {
  for (const data of brokerDatas) {
    const broker = brokers.get(data.brokerName);
    const queueData = queueDatas.find(({ brokerName }) => brokerName === data.brokerName);
    if (!broker?.enableActingMaster || broker.replicas.has(MASTER_ID) || !queueData) continue;
    const acting = broker.replicas.get(lowestId(broker) ?? MASTER_ID);
    if (acting === undefined || isWritable(queueData.perm)) continue;
    const { [String(acting.id)]: _, ...others } = data.brokerAddrs;
    data.brokerAddrs = { [MASTER_ID]: acting.address, ...others };
  }
}
