import { Fault } from "../errors.ts";
import type { Address } from "./socket.ts";

const MAX_PORT = 65_535;

/** The address in `host:port`, where host is a name, an IPv4 address or an [IPv6] address. */
export function parseAddress(text: string): Address {
  const colon = text.lastIndexOf(":");
  const host = text.slice(0, Math.max(colon, 0));
  const port = text.slice(colon + 1);
  const bracketed = /^\[([0-9a-fA-F:.%\w]+)\]$/.exec(host)?.[1];
  const name = bracketed ?? (/^[A-Za-z0-9._-]+$/.test(host) ? host : undefined);
  if (name === undefined || !/^[0-9]{1,5}$/.test(port) || Number(port) < 1 || Number(port) > MAX_PORT) {
    throw new Fault("invalid-argument", `Cannot read address "${text}": it must be host:port or [IPv6]:port`);
  }
  return { host: name, port: Number(port) };
}

/** The address as text, IPv6 in brackets. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
