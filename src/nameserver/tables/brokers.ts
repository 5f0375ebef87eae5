import type { DataVersion } from "../../body/topic-config.ts";
import type { Int64 } from "../../json/value.ts";

/** A connection, as far as the tables care: they compare it and close it. */
export interface Channel {
  close(): void;
}

/** One broker process: the master or a slave of a broker name. */
export interface Replica {
  /** 0 is the master. */
  readonly id: Int64;
  readonly address: string;
  readonly haServerAddr: string | undefined;
  readonly dataVersion: DataVersion;
  readonly filterServers: readonly string[];
  /** The connection that it registered over the last time; when that closes, it is gone. */
  readonly channel: Channel;
  readonly heartbeatTimeoutMillis: number;
  /** When it last was heard of, epoch milliseconds. */
  lastSeenAt: number;
}

/** A broker name with its replicas. */
export interface Broker {
  readonly name: string;
  /** The cluster that it was first seen in, and all in which it registered. */
  readonly cluster: string;
  readonly clusters: Set<string>;
  zoneName: string | undefined;
  /** Whether the slave with the lowest id may act as master, since 5.0. */
  enableActingMaster: boolean;
  readonly replicas: Map<Int64, Replica>;
}

/** Brokers by name. Those without a replica must not stay in it. */
export type BrokerTable = Map<string, Broker>;

export const MASTER_ID = 0;

/** The names of the brokers by cluster. */
export function clustersOf(brokers: BrokerTable): Map<string, string[]> {
  const clusters = new Map<string, string[]>();
  for (const { name, clusters: memberOf } of brokers.values()) {
    for (const cluster of memberOf) clusters.set(cluster, [...(clusters.get(cluster) ?? []), name]);
  }
  return clusters;
}

/** The addresses of a broker by id, lowest id first. */
export function addressesOf({ replicas }: Broker): Record<string, string> {
  const sorted = [...replicas.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(sorted.map(({ id, address }) => [String(id), address]));
}

/** The lowest id among the replicas of a broker. */
export function lowestId({ replicas }: Broker): Int64 | undefined {
  return [...replicas.keys()].reduce<Int64 | undefined>(
    (lowest, id) => (lowest === undefined || id < lowest ? id : lowest),
    undefined,
  );
}

/** The replica with an address in a cluster. */
export function findReplica(brokers: BrokerTable, cluster?: string, address?: string): Replica | undefined {
  for (const { clusters, replicas } of brokers.values()) {
    if (cluster === undefined || !clusters.has(cluster)) continue;
    for (const replica of replicas.values()) if (replica.address === address) return replica;
  }
  return undefined;
}
