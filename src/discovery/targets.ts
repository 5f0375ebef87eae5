import type { Target } from "../client/target.ts";
import { getBrokerClusterInfo } from "../commands/get-broker-cluster-info.ts";
import { Fault } from "../errors.ts";
import { formatAddress, parseAddress } from "../transport/address.ts";
import type { NameServers } from "./name-servers.ts";

/** Every configured name server. */
export const ALL_NAME_SERVERS = "all-name-servers";
const BROKER = /^broker:(.+?)(?::([0-9]+))?$/;

/**
 * The servers that a text names: `all-name-servers`, the `host:port` of a configured name server or of a broker that the
 * name servers know, or `broker:NAME` and `broker:NAME:id`. Throws `forbidden` for any other address, since the gateway
 * dials nothing that a caller made up, and `not-found` for a broker that isn't known.
 */
export async function targetsOf(text: string, nameServers: NameServers): Promise<Target[]> {
  const { addresses } = nameServers;
  if (text === ALL_NAME_SERVERS) return addresses.map((address) => ({ ...address, kind: "name-server" }));
  const configured = addresses.find((address) => formatAddress(address) === text);
  if (configured) return [{ ...configured, kind: "name-server" }];
  const named = BROKER.exec(text);
  const address = named
    ? await addressOf(named[1] ?? "", named[2] ?? "0", nameServers)
    : await known(text, nameServers);
  return [{ ...parseAddress(address), kind: "broker" }];
}

async function addressOf(brokerName: string, brokerId: string, nameServers: NameServers): Promise<string> {
  const { body } = await nameServers.read(getBrokerClusterInfo, {});
  const broker = Object.values(body?.brokerAddrTable ?? {}).find((each) => each.brokerName === brokerName);
  const address = broker?.brokerAddrs[brokerId];
  if (address !== undefined) return address;
  throw new Fault("not-found", `Cannot find broker ${brokerName} with id ${brokerId}: the name servers know none`);
}

async function known(text: string, nameServers: NameServers): Promise<string> {
  const { body } = await nameServers.read(getBrokerClusterInfo, {});
  const brokers = Object.values(body?.brokerAddrTable ?? {});
  if (brokers.some(({ brokerAddrs }) => Object.values(brokerAddrs).includes(text))) return text;
  throw new Fault("forbidden", `Cannot dial ${text}: it is no configured name server and no broker that they know`, {
    hint: "Targets are host:port of such a server, broker:NAME, broker:NAME:id or all-name-servers.",
  });
}
