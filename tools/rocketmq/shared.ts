import type { Generation } from "./generations.ts";
import type { Server } from "./server.ts";
import { type Broker, startBroker, startNameServer } from "./servers.ts";

const nameServers = new Map<Generation, Promise<Server>>();
const brokers = new Map<Generation, Promise<Broker>>();

/**
 * The name server of a generation that all test files of one `bun test` share: they run in one process with one
 * instance of this module. Started when first asked for; no test stops it. Whoever uses it keeps to topics, clusters
 * and namespaces of his own name, and neither kills, suspends nor reconfigures it.
 */
export function sharedNameServer(generation: Generation): Promise<Server> {
  return remembered(nameServers, generation, () => startNameServer(generation));
}

/** The broker of a generation, at the shared name server, under the same rules. */
export function sharedBroker(generation: Generation): Promise<Broker> {
  return remembered(brokers, generation, async () => {
    const nameServer = await sharedNameServer(generation);
    return startBroker(generation, { nameServers: [nameServer.address] });
  });
}

/** Stops every shared server. For the end of the whole run: preload.ts calls it. */
export async function stopShared(): Promise<void> {
  const started = await Promise.allSettled([...brokers.values(), ...nameServers.values()]);
  brokers.clear();
  nameServers.clear();
  await Promise.all(started.map((server) => (server.status === "fulfilled" ? server.value.stop() : undefined)));
}

function remembered<T>(known: Map<Generation, T>, generation: Generation, make: () => T): T {
  const value = known.get(generation) ?? make();
  known.set(generation, value);
  return value;
}
