import { createClient } from "../../src/client/client.ts";
import { createNameServers, type NameServers } from "../../src/discovery/name-servers.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { type ScriptedServer, startServer } from "../support/scripted-server.ts";
import { nameServerScript, silent } from "../support/scripts.ts";

export interface Cluster {
  readonly servers: readonly ScriptedServer[];
  readonly nameServers: NameServers;
  /** How many requests of a code each server had. */
  counts(code: number): number[];
  close(): void;
}

/** Name servers that answer GET_KV_CONFIG each in its way; null is one that is down. */
export async function cluster(...scripts: (Handler | null)[]): Promise<Cluster> {
  const network = memoryNetwork();
  const client = createClient({ connect: network.connect });
  const servers = await Promise.all(
    scripts.map((script, at) =>
      startServer(network, { host: `ns${at + 1}`, handlers: { ...nameServerScript, 101: script ?? silent } }),
    ),
  );
  await Promise.all(servers.filter((_, at) => scripts[at] === null).map((server) => server.stop()));
  return {
    servers,
    nameServers: createNameServers(
      client,
      servers.map(({ address }) => address),
    ),
    counts: (code) => servers.map((server) => server.requests(code).length),
    close: () => client.close(),
  };
}

/** The value of a key, told apart by the server that has it. */
export function has(value: string): Handler {
  return () => ({ extFields: { value } });
}
