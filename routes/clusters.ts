import { BrokerData, type ClusterInfo } from "../src/body/cluster-info.ts";
import { getBrokerClusterInfo } from "../src/commands/get-broker-cluster-info.ts";
import type { NameServers } from "../src/discovery/name-servers.ts";
import { Fault } from "../src/errors.ts";
import { ListOf } from "../src/http/list.ts";
import { answer, get } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const calls = [getBrokerClusterInfo];

const Cluster = Type.Object({
  clusterName: Type.String({ description: "cluster name" }),
  brokerNames: Type.Array(Type.String(), { description: "names of its brokers" }),
  brokerDatas: Type.Array(BrokerData),
});

async function readClusterInfo(nameServers: NameServers): Promise<ClusterInfo> {
  const { body } = await nameServers.read(getBrokerClusterInfo, {});
  return body ?? { brokerAddrTable: {}, clusterAddrTable: {} };
}

/** A cluster with its brokers; a name whose broker has gone is listed without one. */
function clusterOf(clusterName: string, { brokerAddrTable, clusterAddrTable }: ClusterInfo) {
  const brokerNames = clusterAddrTable[clusterName] ?? [];
  const brokerDatas = brokerNames.flatMap((name) =>
    Object.hasOwn(brokerAddrTable, name) ? [brokerAddrTable[name]] : [],
  );
  return { clusterName, brokerNames, brokerDatas };
}

/** Every broker; 3.x doesn't say its cluster, so that is taken from the clusters' own lists. */
function brokersOf({ brokerAddrTable, clusterAddrTable }: ClusterInfo): BrokerData[] {
  const clusters = Object.entries(clusterAddrTable);
  return Object.values(brokerAddrTable).map((broker) => {
    const cluster = broker.cluster ?? clusters.find(([, names]) => names.includes(broker.brokerName))?.[0];
    return cluster === undefined ? broker : { cluster, ...broker };
  });
}

export const clusters = [
  get("/clusters", {
    summary: "Every cluster",
    calls,
    answers: { 200: answer("clusters with their brokers", ListOf(Cluster)) },
    async handle(_request, { nameServers }) {
      const info = await readClusterInfo(nameServers);
      const data = Object.keys(info.clusterAddrTable).map((name) => clusterOf(name, info));
      return { status: 200, body: { data, next: null } };
    },
  }),

  get("/clusters/{cluster}", {
    summary: "A cluster with its brokers",
    calls,
    answers: { 200: answer("the cluster", Cluster) },
    async handle({ params: { cluster } }, { nameServers }) {
      const info = await readClusterInfo(nameServers);
      if (!Object.hasOwn(info.clusterAddrTable, cluster)) {
        throw new Fault("not-found", `Cannot find cluster ${cluster}: the name server knows none of that name`);
      }
      return { status: 200, body: clusterOf(cluster, info) };
    },
  }),

  get("/brokers", {
    summary: "Every broker",
    calls,
    answers: { 200: answer("brokers", ListOf(BrokerData)) },
    async handle(_request, { nameServers }) {
      return { status: 200, body: { data: brokersOf(await readClusterInfo(nameServers)), next: null } };
    },
  }),

  get("/brokers/{broker}", {
    summary: "A broker with the addresses of its master and slaves",
    calls,
    answers: { 200: answer("the broker", BrokerData) },
    async handle({ params }, { nameServers }) {
      const brokers = brokersOf(await readClusterInfo(nameServers));
      const broker = brokers.find(({ brokerName }) => brokerName === params.broker);
      if (broker) return { status: 200, body: broker };
      throw new Fault("not-found", `Cannot find broker ${params.broker}: the name server knows none of that name`);
    },
  }),
];
