import type { BrokerData, ClusterInfo } from "../body/cluster-info.ts";
import type { TopicRouteData } from "../body/topic-route.ts";
import type { Target } from "../client/target.ts";
import { toInt64 } from "../schema/integer.ts";
import type { Address } from "../transport/socket.ts";
import type { AddressMap } from "./address-map.ts";

/** A broker that the name servers know. */
export interface BrokerTarget extends Target {
  readonly kind: "broker";
  /** Null where no name server says it: 3.x leaves it out of routes. */
  readonly cluster: string | null;
  readonly brokerName: string;
  /** 0 is the master. */
  readonly brokerId: number | bigint;
  /** `host:port` that it is registered under. Host and port of the target are where it is dialled. */
  readonly address: string;
}

const MASTER = 0;
const MAX_PORT = 65_535;

export function isMaster({ brokerId }: BrokerTarget): boolean {
  return brokerId === MASTER;
}

/** Every broker that a name server listed, masters and slaves. */
export function brokersIn({ brokerAddrTable, clusterAddrTable }: ClusterInfo, map: AddressMap): BrokerTarget[] {
  const clusters = Object.entries(clusterAddrTable);
  const clusterOf = (brokerName: string) => clusters.find(([, names]) => names.includes(brokerName))?.[0] ?? null;
  return Object.values(brokerAddrTable).flatMap((data) =>
    targetsOf(data, data.cluster ?? clusterOf(data.brokerName), map),
  );
}

/** Every broker in the route of a topic. */
export function brokersOn({ brokerDatas }: TopicRouteData, map: AddressMap): BrokerTarget[] {
  return brokerDatas.flatMap((data) => targetsOf(data, data.cluster ?? null, map));
}

function targetsOf({ brokerName, brokerAddrs }: BrokerData, cluster: string | null, map: AddressMap): BrokerTarget[] {
  return Object.entries(brokerAddrs).flatMap(([id, address]) => {
    const brokerId = toInt64(id);
    const dialled = addressIn(map(address));
    // A broker may register under whatever it likes; one under nonsense must not hide the others.
    if (brokerId === undefined || dialled === undefined) return [];
    return [{ ...dialled, kind: "broker", cluster, brokerName, brokerId, address }];
  });
}

/** The address in a text of a server's own: Java writes IPv6 without brackets. */
function addressIn(text: string): Address | undefined {
  const [, host, port] = /^\[?([^[\]\s]+?)\]?:([0-9]{1,5})$/.exec(text) ?? [];
  return host !== undefined && isPort(Number(port)) ? { host, port: Number(port) } : undefined;
}

function isPort(port: number): boolean {
  return port > 0 && port <= MAX_PORT;
}
