import type { Target } from "../client/target.ts";
import { Fault } from "../errors.ts";
import { toInt64 } from "../schema/integer.ts";
import { formatAddress } from "../transport/address.ts";
import type { BrokerTarget } from "./broker-target.ts";
import type { Brokers } from "./brokers.ts";
import type { NameServers } from "./name-servers.ts";

/** Every configured name server. */
export const ALL_NAME_SERVERS = "all-name-servers";
const BROKER = /^broker:(.+?)(?::([0-9]{1,18}))?$/;

/**
 * The servers that a text names: `all-name-servers`, the `host:port` of a configured name server or of a broker that the
 * name servers know, or `broker:NAME` and `broker:NAME:id`. Throws `forbidden` for any other address, since the gateway
 * dials nothing that a caller made up, and `not-found` for a broker that isn't known.
 */
export async function targetsOf(
  text: string,
  { addresses }: NameServers,
  brokers: Brokers,
): Promise<(Target | BrokerTarget)[]> {
  if (text === ALL_NAME_SERVERS) return addresses.map((address) => ({ ...address, kind: "name-server" }));
  const configured = addresses.find((address) => formatAddress(address) === text);
  if (configured) return [{ ...configured, kind: "name-server" }];
  const [, name, id] = BROKER.exec(text) ?? [];
  const broker = name === undefined ? await brokers.at(text) : await brokers.named(name, toInt64(id ?? "0"));
  if (broker) return [broker];
  throw new Fault("forbidden", `Cannot dial ${text}: it is no configured name server and no broker that they know`, {
    hint: "Targets are host:port of such a server, broker:NAME, broker:NAME:id or all-name-servers.",
  });
}
