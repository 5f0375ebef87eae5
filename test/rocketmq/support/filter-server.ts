import { rowOf } from "../../../tools/rocketmq/generations.ts";
import { freePort } from "../../../tools/rocketmq/ports.ts";
import { type Server, startServer } from "../../../tools/rocketmq/server.ts";
import type { Broker } from "../../../tools/rocketmq/servers.ts";

/** A filter server of 3.2.6; it listens on a port of its own choice. */
export interface FilterServer extends AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly address: string;
  log(): string;
}

/** Starts the filter server of a broker. It tells that broker of itself at once, and then every 10 s. */
export async function startFilterServer(broker: Broker, nameServer: string): Promise<FilterServer> {
  const generation = "3.2.6";
  const server: Server = await startServer({
    generation,
    kind: "filter server",
    main: `${rowOf(generation).package}.filtersrv.FiltersrvStartup`,
    // Only for a name: it takes this property for the broker's.
    port: await freePort(),
    properties: {
      rocketmqHome: "{folder}",
      namesrvAddr: nameServer,
      connectWhichBroker: broker.address,
      filterServerIP: "127.0.0.1",
    },
    memoryFlags: ["-Xmx256m"],
  });
  const address = /boot success, (127\.0\.0\.1:[0-9]+)/.exec(server.log())?.[1] ?? "";
  return { address, log: server.log, [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
}
