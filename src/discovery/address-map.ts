import { Fault } from "../errors.ts";
import { parseAddress } from "../transport/address.ts";

/**
 * Where a broker that is registered under an address (`host:port`) is dialled: brokers behind NAT, in a container or
 * behind a tunnel register addresses that lead nowhere from here.
 */
export type AddressMap = (address: string) => string;

/** Every broker is dialled where it is registered. */
export const unmapped: AddressMap = (address) => address;

const ANY = "*";
/** Stands in for a part that is kept as it was, where only a whole address can be checked. */
const SOME = { host: "host", port: "1" };

interface Rule {
  readonly matches: RegExp;
  /** Null where it is kept as it was. */
  readonly host: string | null;
  readonly port: string | null;
}

/**
 * Reads `host:port=host:port,…`. On the left `*` stands for any characters of the host and for any port; on the right
 * it keeps the host or the port as it was. The first rule that fits decides, an address that none fits stays as it is.
 * Throws `invalid-argument` for any other text.
 */
export function parseAddressMap(text: string): AddressMap {
  const rules = text.split(",").map((rule) => ruleOf(rule.trim()));
  return (address) => {
    const rule = rules.find(({ matches }) => matches.test(address));
    if (rule === undefined) return address;
    const { host, port } = split(address);
    return `${rule.host ?? host}:${rule.port ?? port}`;
  };
}

function ruleOf(text: string): Rule {
  const [from, to, ...more] = text.split("=");
  if (from === undefined || to === undefined || more.length > 0)
    throw malformed(text, "it must be host:port=host:port");
  const target = split(to);
  const port = target.port === ANY ? null : target.port;
  const host = target.host === ANY ? null : target.host;
  check(text, host ?? SOME.host, port ?? SOME.port);
  return { matches: patternOf(from, text), host, port };
}

/** What fits the left side: letters of a host name mean the same in both cases. */
function patternOf(from: string, rule: string): RegExp {
  const { host, port } = split(from);
  // Whatever a wildcard stands for, what is left of it has to be an address.
  check(rule, host.replaceAll(ANY, "0"), port === ANY ? SOME.port : port);
  const escaped = host.split(ANY).map((part) => part.replaceAll(/[^A-Za-z0-9]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".+")}:${port === ANY ? "[0-9]+" : Number(port)}$`, "i");
}

function split(address: string): { host: string; port: string } {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, Math.max(colon, 0)), port: address.slice(colon + 1) };
}

function check(rule: string, host: string, port: string): void {
  try {
    parseAddress(`${host}:${port}`);
  } catch (cause) {
    throw malformed(rule, "each side must be host:port, with * for a part", cause);
  }
}

function malformed(rule: string, reason: string, cause?: unknown): Fault {
  return new Fault("invalid-argument", `Cannot read the address map: "${rule}" is no rule, ${reason}`, { cause });
}
