import { countdown } from "../client/deadline.ts";
import { Fault, type FaultName } from "../errors.ts";
import type { AddressMap } from "./address-map.ts";
import { type BrokerTarget, isMaster } from "./broker-target.ts";
import type { Directory, Looking, Population, TopicRoute } from "./directory.ts";

/** Some of the brokers: those of a cluster, or of all clusters. */
export interface Members {
  readonly cluster?: string | undefined;
}

/** Brokers by name, cluster or topic. What name servers said of them a moment ago is relied on until it proves wrong. */
export interface BrokerLookup {
  /** The broker of this name, the master unless an id is given. Rejects with `not-found` where none is known. */
  named(brokerName: string, brokerId?: number | bigint): Promise<BrokerTarget>;
  /** The broker registered under a `host:port`, or dialled there; undefined where none is known. */
  at(address: string): Promise<BrokerTarget | undefined>;
  /** Every master. Rejects with `not-found` for a cluster that isn't known, `unavailable` where it has none. */
  masters(members?: Members): Promise<readonly BrokerTarget[]>;
  /** Every broker, slaves too. Rejects as {@link BrokerLookup.masters}. */
  all(members?: Members): Promise<readonly BrokerTarget[]>;
  /** The masters that have a topic. Rejects with the name server's refusal for one that isn't there, or `unavailable`. */
  mastersOf(topic: string): Promise<readonly BrokerTarget[]>;
  /** The same with their slaves. */
  allOf(topic: string): Promise<readonly BrokerTarget[]>;
  /** The route itself, with its brokers. */
  routeOf(topic: string): Promise<TopicRoute>;
  /**
   * Makes an attempt at a broker, and one more where it can't be connected to and is found at another address. After
   * any failure of the connection name servers are asked anew.
   */
  reach<T>(broker: BrokerTarget, attempt: Attempt<T>, timeoutMillis?: number): Promise<T>;
  /** What name servers said before now isn't relied on any more. */
  forget(): void;
}

export type Attempt<T> = (broker: BrokerTarget, left: () => number) => Promise<T>;

export interface LookupOptions {
  readonly map: AddressMap;
  readonly timeoutMillis: number;
  /** Cuts a time to what a request has left. */
  readonly clip: (timeoutMillis: number) => number;
}

/** What may be the fault of an address that is no longer the broker's. */
const broken: ReadonlySet<FaultName> = new Set(["connect-failed", "send-failed", "closed", "timeout"]);

export function createBrokerLookup(directory: Directory, options: LookupOptions): BrokerLookup {
  const { map, timeoutMillis: usual, clip } = options;
  const looking = (since?: number): Looking => ({ timeoutMillis: clip(usual), since });

  /** What `find` finds; where it finds nothing, in what name servers say now. */
  async function search<T>(find: (population: Population) => T | undefined): Promise<T | undefined> {
    const begunAt = performance.now();
    return find(await directory.population(looking())) ?? find(await directory.population(looking(begunAt)));
  }

  async function members({ cluster }: Members): Promise<readonly BrokerTarget[]> {
    if (cluster === undefined) return (await directory.population(looking())).brokers;
    const found = await search(({ brokers, clusters }) => {
      const names = clusters.get(cluster);
      return names && brokers.filter(({ brokerName }) => names.includes(brokerName));
    });
    if (found) return found;
    throw new Fault("not-found", `Cannot find cluster ${cluster}: the name servers know none of that name`);
  }

  const routeOf = (topic: string) => directory.route(topic, looking());

  /** Where the broker is dialled now, unless that is where it was. */
  async function movedTo(broker: BrokerTarget, since: number, left: number): Promise<BrokerTarget | undefined> {
    const population = await directory.population({ timeoutMillis: clip(left), since }).catch(() => null);
    const now = population?.brokers.find((one) => isSame(one, broker));
    return now && (now.host !== broker.host || now.port !== broker.port) ? now : undefined;
  }

  return {
    async named(brokerName, brokerId = 0) {
      const wanted = { brokerName, brokerId };
      const found = await search(({ brokers }) => brokers.find((one) => isSame(one, wanted)));
      if (found) return found;
      const { brokers } = await directory.population(looking());
      throw unknownBroker(
        wanted,
        brokers.filter((one) => one.brokerName === brokerName),
      );
    },
    at: (address) =>
      search(({ brokers }) => brokers.find((one) => one.address === address || map(one.address) === address)),
    masters: async (of = {}) => someOf((await members(of)).filter(isMaster), whichOf(of)),
    all: async (of = {}) => someOf(await members(of), whichOf(of)),
    mastersOf: async (topic) => someOf((await routeOf(topic)).brokers.filter(isMaster), ` that has topic ${topic}`),
    allOf: async (topic) => (await routeOf(topic)).brokers,
    routeOf,
    forget: directory.forget,
    async reach(broker, attempt, timeoutMillis = usual) {
      const begunAt = performance.now();
      const left = countdown(timeoutMillis);
      try {
        return await attempt(broker, left);
      } catch (error) {
        if (!(error instanceof Fault) || !broken.has(error.fault)) throw error;
        // Only where nothing left is it safe to send it again.
        const moved = error.fault === "connect-failed" ? await movedTo(broker, begunAt, left()) : directory.forget();
        if (!moved) throw error;
        return attempt(moved, left);
      }
    },
  };
}

function whichOf({ cluster }: Members): string {
  return cluster === undefined ? "" : ` of cluster ${cluster}`;
}

function someOf(found: readonly BrokerTarget[], which: string): readonly BrokerTarget[] {
  if (found.length > 0) return found;
  throw new Fault("unavailable", `Cannot find a broker${which}: none is registered`);
}

type Named = Pick<BrokerTarget, "brokerName" | "brokerId">;

function isSame(one: Named, other: Named): boolean {
  return one.brokerName === other.brokerName && one.brokerId === other.brokerId;
}

function unknownBroker({ brokerName, brokerId }: Named, others: readonly BrokerTarget[]): Fault {
  if (others.length === 0) {
    return new Fault("not-found", `Cannot find broker ${brokerName}: the name servers know none of that name`);
  }
  const ids = others.map((one) => one.brokerId).join(", ");
  return new Fault("not-found", `Cannot find broker ${brokerName} with id ${brokerId}: it has ${ids} only`);
}
