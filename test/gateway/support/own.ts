import { createClient } from "../../../src/client/client.ts";
import { unmapped } from "../../../src/discovery/address-map.ts";
import { createBrokers } from "../../../src/discovery/brokers.ts";
import { createNameServers } from "../../../src/discovery/name-servers.ts";
import { createHttpGateway, type GatewayOptions } from "../../../src/gateway/gateway.ts";
import type { Route } from "../../../src/http/route.ts";
import type { Services } from "../../../src/http/services.ts";
import { limits } from "../../../src/limits.ts";
import { createSender } from "../../../src/sending/sender.ts";
import { memoryNetwork } from "../../../src/transport/memory.ts";
import { type Ask, conforming } from "./conformance.ts";

const { connect } = memoryNetwork();
const client = createClient({ connect, limits });

const nameServers = createNameServers(client, []);

export const ownServices: Services = {
  nameServers,
  brokers: createBrokers(client, nameServers),
  addressMap: unmapped,
  client,
  registrations: null,
  sessions: null,
  sender: createSender(),
  keptReceipts: null,
  allowsConfigChanges: false,
  allowsFilterClasses: false,
  metricsText: () => "",
  limits,
  about: { name: "test", version: "0", runtime: "test" },
};

/** A gateway with routes of the test's own, before no name server. */
export function ownGateway(routes: readonly Route[], options: Partial<GatewayOptions> = {}): Ask {
  return conforming(routes, createHttpGateway({ routes, services: ownServices, ...options }).fetch);
}
