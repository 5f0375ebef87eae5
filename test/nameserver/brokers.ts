import type { TopicConfig } from "../../src/body/topic-config.ts";
import type { CallValues } from "../../src/client/encode.ts";
import type { Peer } from "../../src/client/peer.ts";
import { getBrokerClusterInfo } from "../../src/commands/get-broker-cluster-info.ts";
import { getRouteInfoByTopic } from "../../src/commands/get-route-info-by-topic.ts";
import { registerBroker } from "../../src/commands/register-broker.ts";
import type { Int64 } from "../../src/json/value.ts";
import { timeoutMillis } from "./support.ts";

type Header = Omit<CallValues<typeof registerBroker.request.header, never>, "body">;

export interface Registering extends Partial<Header> {
  readonly topics?: readonly (Partial<TopicConfig> & { readonly topicName: string })[];
  readonly counter?: number;
  readonly timestamp?: Int64;
  readonly stateVersion?: number;
  readonly filterServerList?: string[];
}

export function topic(topicName: string, changes: Partial<TopicConfig> = {}): TopicConfig {
  return {
    topicName,
    readQueueNums: 4,
    writeQueueNums: 4,
    perm: 6,
    topicFilterType: "SINGLE_TAG",
    topicSysFlag: 0,
    order: false,
    ...changes,
  };
}

/** Registers a broker: master `b` of cluster `c` at 10.0.0.1:10911 unless said otherwise. */
export function register(peer: Peer, registering: Registering = {}) {
  const {
    topics = [],
    counter = 1,
    timestamp = 1_000,
    stateVersion = 0,
    filterServerList = [],
    ...header
  } = registering;
  const topicConfigTable = Object.fromEntries(
    topics.map((config) => [config.topicName, topic(config.topicName, config)]),
  );
  return peer.call(
    registerBroker,
    {
      brokerName: "b",
      brokerAddr: "10.0.0.1:10911",
      clusterName: "c",
      haServerAddr: "10.0.0.1:10912",
      brokerId: 0,
      ...header,
      body: {
        topicConfigSerializeWrapper: { dataVersion: { counter, timestamp, stateVersion }, topicConfigTable },
        filterServerList,
      },
    },
    timeoutMillis,
  );
}

export async function clusterInfo(peer: Peer) {
  const { body } = await peer.call(getBrokerClusterInfo, {}, timeoutMillis);
  return body ?? { brokerAddrTable: {}, clusterAddrTable: {} };
}

/** The addresses of a broker name by id; undefined when there is no such broker. */
export async function addressesOf(peer: Peer, brokerName = "b"): Promise<Record<string, string> | undefined> {
  return (await clusterInfo(peer)).brokerAddrTable[brokerName]?.brokerAddrs;
}

/** The route of a topic, null when there is none. */
export async function route(peer: Peer, name: string) {
  const { code, body } = await peer.call(getRouteInfoByTopic, { topic: name }, timeoutMillis);
  return code === 17 ? null : body;
}
