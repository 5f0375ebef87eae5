import { utf8 } from "../../src/bytes/utf8.ts";
import { createClient } from "../../src/client/client.ts";
import { parseAddressMap, unmapped } from "../../src/discovery/address-map.ts";
import { type Brokers, createBrokers } from "../../src/discovery/brokers.ts";
import { createNameServers } from "../../src/discovery/name-servers.ts";
import { limits } from "../../src/limits.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { TOPIC_NOT_EXIST } from "../../src/wire/response-codes.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { type ScriptedServer, type ScriptOptions, startServer } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";

/** Addresses by id, by broker name, by cluster: what the name server tells of; may be changed at any time. */
export type Told = Record<string, Record<string, Record<string, string>>>;

export interface BrokerRig extends AsyncDisposable {
  readonly brokers: Brokers;
  readonly nameServer: ScriptedServer;
  /** Those that were started, in their order. */
  readonly servers: readonly ScriptedServer[];
  /** What is told of clusters. */
  told: Told;
  /** Topics by name, each with the names of its brokers. */
  readonly topics: Record<string, readonly string[]>;
  /** How often the name server was asked this. */
  asked(code: number): number;
}

interface BrokerRigOptions {
  readonly scripts?: readonly ScriptOptions[];
  readonly told?: (names: readonly string[]) => Told;
  readonly ttlMillis?: number;
  readonly map?: string;
  /** Whether it leaves the cluster out of what it says of a broker, as 3.x does. */
  readonly isOld?: boolean;
}

/** A name server that tells what it is told to, and brokers: b1 and so on, masters of c1 unless told otherwise. */
export async function startBrokers(options: BrokerRigOptions = {}): Promise<BrokerRig> {
  const { scripts = [], ttlMillis = limits.discoveryTtlMillis, map, isOld = false } = options;
  const network = memoryNetwork();
  const servers = await Promise.all(scripts.map((each, at) => startServer(network, { host: `h${at + 1}`, ...each })));
  const names = servers.map(({ name }) => name);
  const usual = () => ({ c1: Object.fromEntries(names.map((name, at) => [`b${at + 1}`, { "0": name }])) });
  const rig = { told: (options.told ?? usual)(names), topics: {} as Record<string, readonly string[]> };
  const dataOf = (cluster: string, brokerName: string, brokerAddrs: Record<string, string>) => ({
    ...(!isOld && { cluster }),
    brokerName,
    brokerAddrs,
  });
  const all = () =>
    Object.entries(rig.told).flatMap(([cluster, brokers]) =>
      Object.entries(brokers).map(([name, addresses]) => dataOf(cluster, name, addresses)),
    );
  const clusterInfo: Handler = () => {
    const brokerAddrTable = Object.fromEntries(all().map((data) => [data.brokerName, data]));
    const clusters = Object.entries(rig.told).map(([cluster, brokers]) => [cluster, Object.keys(brokers)]);
    return { body: utf8(JSON.stringify({ brokerAddrTable, clusterAddrTable: Object.fromEntries(clusters) })) };
  };
  const route: Handler = (request, connection) => {
    const having = rig.topics[request.extFields?.topic ?? ""];
    if (!having) return refusing(TOPIC_NOT_EXIST)(request, connection);
    const brokerDatas = all().filter(({ brokerName }) => having.includes(brokerName));
    return { body: utf8(JSON.stringify({ queueDatas: [], brokerDatas, filterServerTable: {} })) };
  };
  const nameServer = await startServer(network, { host: "ns", handlers: { 106: clusterInfo, 105: route } });
  const client = createClient({ connect: network.connect });
  const brokers = createBrokers(client, createNameServers(client, [nameServer.address]), {
    limits: { ...limits, discoveryTtlMillis: ttlMillis },
    map: map === undefined ? unmapped : parseAddressMap(map),
  });
  return Object.assign(rig, {
    brokers,
    nameServer,
    servers,
    asked: (code: number) => nameServer.requests(code).length,
    async [Symbol.asyncDispose]() {
      client.close();
      await Promise.all([nameServer, ...servers].map((server) => server.stop()));
    },
  });
}
