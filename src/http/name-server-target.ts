import type { NameServers } from "../discovery/name-servers.ts";
import { Fault } from "../errors.ts";

/** What stands for all of them where a path names a name server. */
const ALL = "-";

/** The name servers that a path means: all, or the one configured under this `host:port`; else throws `not-found`. */
export function nameServersAt(nameServers: NameServers, name: string): NameServers {
  const meant = name === ALL ? nameServers : nameServers.only(name);
  if (meant) return meant;
  throw new Fault("not-found", `Cannot find name server ${name}: none is configured under that address`, {
    hint: "GET /name-servers lists the configured ones; - stands for all of them.",
  });
}
