import type { TopicRouteData } from "../body/topic-route.ts";
import { within } from "../client/deadline.ts";
import { getBrokerClusterInfo } from "../commands/get-broker-cluster-info.ts";
import { getRouteInfoByTopic } from "../commands/get-route-info-by-topic.ts";
import { Fault } from "../errors.ts";
import type { Limits } from "../limits.ts";
import type { AddressMap } from "./address-map.ts";
import { type BrokerTarget, brokersIn, brokersOn } from "./broker-target.ts";
import { createFresh } from "./fresh.ts";
import type { NameServers } from "./name-servers.ts";

export interface Looking {
  /** How long to wait for it. */
  readonly timeoutMillis: number;
  /** Asks for what was read no earlier than then, of performance.now. */
  readonly since?: number | undefined;
}

/** Every broker, and the names of those in each cluster. */
export interface Population {
  readonly brokers: readonly BrokerTarget[];
  readonly clusters: ReadonlyMap<string, readonly string[]>;
}

/** Where a topic is: the route as name servers tell it, and its brokers. */
export interface TopicRoute {
  readonly data: TopicRouteData;
  readonly brokers: readonly BrokerTarget[];
}

/** What name servers say of brokers, for those who are about to call one: asked once for all who ask at a time. */
export interface Directory {
  /** Rejects as {@link NameServers.read}, or with `timeout`. */
  population(looking: Looking): Promise<Population>;
  /** Rejects as {@link NameServers.read}, so with `refused` for a topic that isn't there, or with `timeout`. */
  route(topic: string, looking: Looking): Promise<TopicRoute>;
  /** What was said before now isn't relied on any more. */
  forget(): void;
}

export interface DirectoryOptions {
  readonly map: AddressMap;
  readonly limits: Pick<Limits, "discoveryTtlMillis" | "maxKeptRoutes">;
}

/** A directory that relies on what it heard for `discoveryTtlMillis`. */
export function createDirectory(nameServers: NameServers, { map, limits }: DirectoryOptions): Directory {
  const { discoveryTtlMillis: ttlMillis, maxKeptRoutes } = limits;
  const populations = createFresh<Population>({ ttlMillis, maxEntries: 1 });
  const routes = createFresh<TopicRoute>({ ttlMillis, maxEntries: maxKeptRoutes });

  async function readPopulation(): Promise<Population> {
    const { body } = await nameServers.read(getBrokerClusterInfo, {});
    const clusters = new Map(Object.entries(body?.clusterAddrTable ?? {}));
    return { brokers: body ? brokersIn(body, map) : [], clusters };
  }

  async function readRoute(topic: string): Promise<TopicRoute> {
    const { body: data } = await nameServers.read(getRouteInfoByTopic, { topic });
    if (data) return { data, brokers: brokersOn(data, map) };
    throw new Fault("undecodable", `Cannot read the route of ${topic}: the name server answered without one`);
  }

  return {
    population: ({ timeoutMillis, since }) =>
      within(populations.get("", readPopulation, since), timeoutMillis, () => late("the brokers", timeoutMillis)),
    route: (topic, { timeoutMillis, since }) =>
      within(
        routes.get(topic, () => readRoute(topic), since),
        timeoutMillis,
        () => late(`the route of ${topic}`, timeoutMillis),
      ),
    forget() {
      populations.forget();
      routes.forget();
    },
  };
}

function late(what: string, timeoutMillis: number): Fault {
  return new Fault("timeout", `Cannot look up ${what}: no name server told within ${Math.ceil(timeoutMillis)} ms`);
}
