import type { DataVersion } from "../body/topic-config.ts";
import type { Int64 } from "../json/value.ts";
import { withoutWrite } from "./permission.ts";
import type { ServedTopics } from "./served-topics.ts";
import type { State } from "./state.ts";
import { type Broker, type Channel, lowestId, MASTER_ID, type Replica } from "./tables/brokers.ts";
import type { TopicShare } from "./tables/topics.ts";

/** A registration, checked. */
export interface Registration {
  readonly clusterName: string;
  readonly brokerName: string;
  readonly brokerAddr: string;
  readonly brokerId: Int64;
  readonly haServerAddr: string | undefined;
  readonly zoneName: string | undefined;
  readonly heartbeatTimeoutMillis: number;
  /** Undefined from brokers before 5.0, whose slaves never publish topics. */
  readonly enableActingMaster: boolean | undefined;
  readonly served: ServedTopics;
  readonly channel: Channel;
}

/** Registers a broker as RouteInfoManager.registerBroker of 5.5.0 does; returns its master when it is a slave. */
export function register(state: State, registration: Registration): Replica | undefined {
  const { brokerId, brokerAddr, served } = registration;
  const broker = enter(state, registration);
  // A slave that became the master, or the other way round: an address has one id.
  for (const { id, address } of broker.replicas.values()) {
    if (address === brokerAddr && id !== brokerId) broker.replicas.delete(id);
  }
  const before = broker.replicas.get(brokerId);
  if (before && before.address !== brokerAddr && isNewer(before.dataVersion, served.dataVersion)) return undefined;
  broker.replicas.set(brokerId, replicaOf(state, registration));
  publish(state, broker, registration, before);
  return brokerId === MASTER_ID ? undefined : broker.replicas.get(MASTER_ID);
}

/** The broker's entry, made or brought up to date. */
function enter({ brokers }: State, registration: Registration): Broker {
  const { brokerName: name, clusterName: cluster, zoneName, enableActingMaster = false } = registration;
  const known = brokers.get(name);
  const broker = known ?? { name, cluster, clusters: new Set(), zoneName, enableActingMaster, replicas: new Map() };
  broker.clusters.add(cluster);
  broker.zoneName = zoneName;
  broker.enableActingMaster = enableActingMaster;
  brokers.set(name, broker);
  return broker;
}

/** Takes over the topics: those of a changed DataVersion, or the unknown ones of an unchanged one. */
function publish(state: State, broker: Broker, registration: Registration, before: Replica | undefined): void {
  const { brokerId, brokerAddr, enableActingMaster, served } = registration;
  const isActingMaster = enableActingMaster !== undefined && brokerId === lowestId(broker);
  if (brokerId !== MASTER_ID && !isActingMaster) return;
  if (state.settings.isOn("deleteTopicWithBrokerRegistration")) deleteLeftOut(state, broker, served);
  const isSame = before?.address === brokerAddr && isEqual(before.dataVersion, served.dataVersion);
  const readOnly = brokerId !== MASTER_ID && enableActingMaster === true;
  for (const [topic, share] of served.shares) {
    if (isSame && state.topics.get(topic)?.has(broker.name)) continue;
    state.topics.put(topic, readOnly ? withoutWriteShare(share) : share);
  }
}

function deleteLeftOut({ topics }: State, { name }: Broker, { shares }: ServedTopics): void {
  for (const topic of [...topics.names]) if (!shares.has(topic)) topics.deleteShare(topic, name);
}

function withoutWriteShare(share: TopicShare): TopicShare {
  return { ...share, queueData: { ...share.queueData, perm: withoutWrite(share.queueData.perm) } };
}

function replicaOf(state: State, registration: Registration): Replica {
  const { brokerId, brokerAddr, haServerAddr, heartbeatTimeoutMillis, served, channel } = registration;
  return {
    id: brokerId,
    address: brokerAddr,
    haServerAddr,
    dataVersion: served.dataVersion,
    filterServers: served.filterServers,
    channel,
    heartbeatTimeoutMillis,
    lastSeenAt: state.now(),
  };
}

/** Whether two DataVersions are the same one (DataVersion.equals). */
export function isEqual(a: DataVersion, b: DataVersion): boolean {
  return a.counter === b.counter && a.timestamp === b.timestamp && (a.stateVersion ?? 0) === (b.stateVersion ?? 0);
}

function isNewer(a: DataVersion, b: DataVersion): boolean {
  return (a.stateVersion ?? 0) > (b.stateVersion ?? 0);
}
