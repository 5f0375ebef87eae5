import type { BrokerData } from "../body/cluster-info.ts";
import type { TopicRouteData } from "../body/topic-route.ts";
import { getAllTopicListFromNameserver } from "../commands/get-all-topic-list-from-nameserver.ts";
import { getBrokerClusterInfo } from "../commands/get-broker-cluster-info.ts";
import { getRouteInfoByTopic } from "../commands/get-route-info-by-topic.ts";
import { TOPIC_NOT_EXIST } from "../wire/response-codes.ts";
import { orNull } from "./absent.ts";
import { kvEntries } from "./kv.ts";
import type { NameServers } from "./name-servers.ts";

/** What one name server knows, for comparison with the others. */
export interface Survey {
  /** The server itself, for further questions. */
  readonly one: NameServers;
  /** Names of brokers by cluster. */
  readonly clusters: ReadonlyMap<string, readonly string[]>;
  /** By broker name. */
  readonly brokers: ReadonlyMap<string, BrokerData>;
  /** Topics that some broker registered. */
  readonly topics: ReadonlyMap<string, true>;
  /** Entries by namespace. */
  readonly kv: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Asks one name server for all of that at once. Rejects with the first refusal or fault. */
export async function survey(one: NameServers, timeoutMillis: number, namespaces: readonly string[]): Promise<Survey> {
  const [info, topics, kv] = await Promise.all([
    one.read(getBrokerClusterInfo, {}, timeoutMillis),
    one.read(getAllTopicListFromNameserver, {}, timeoutMillis),
    Promise.all(namespaces.map(async (name) => [name, await kvEntries(one, name, timeoutMillis)] as const)),
  ]);
  return {
    one,
    clusters: new Map(Object.entries(info.body?.clusterAddrTable ?? {})),
    brokers: new Map(Object.entries(info.body?.brokerAddrTable ?? {})),
    topics: new Map(topics.body?.topicList.map((topic) => [topic, true])),
    kv: new Map(kv),
  };
}

/** A survey with the routes of some topics, as far as the server has any. */
export interface RouteSurvey extends Survey {
  readonly routes: ReadonlyMap<string, TopicRouteData>;
}

/** Asks for the routes of those topics that the server listed, all at once. Rejects with the first fault. */
export async function withRoutes(survey: Survey, topics: readonly string[]): Promise<RouteSurvey> {
  const asked = topics.filter((topic) => survey.topics.has(topic));
  const routes = asked.map(async (topic) => {
    // Listed and without a route: its brokers are gone.
    const reply = await orNull(survey.one.read(getRouteInfoByTopic, { topic }), TOPIC_NOT_EXIST);
    return [topic, reply?.body] as const;
  });
  const found = (await Promise.all(routes)).flatMap(([topic, route]) => (route ? [[topic, route] as const] : []));
  return { ...survey, routes: new Map(found) };
}

/** The topics that at least two of them list, sorted: only those can have routes to compare. */
export function sharedTopics(surveys: readonly Survey[]): string[] {
  const counts = new Map<string, number>();
  for (const { topics } of surveys) for (const topic of topics.keys()) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].flatMap(([topic, count]) => (count > 1 ? [topic] : [])).sort();
}

/**
 * What brokers are compared by. Older servers leave the cluster out, which the clusters' own lists tell, and an
 * `enableActingMaster` that they don't know is none.
 */
export function brokerEssence({ cluster: _, enableActingMaster = false, ...broker }: BrokerData) {
  return { ...broker, enableActingMaster };
}

/** What routes are compared by. A topic without static queues may have an empty mapping or none. */
export function routeEssence({ brokerDatas, topicQueueMappingByBroker = {}, ...route }: TopicRouteData) {
  return { ...route, brokerDatas: brokerDatas.map(brokerEssence), topicQueueMappingByBroker };
}
