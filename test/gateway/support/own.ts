import { createClient } from "../../../src/client/client.ts";
import { createNameServers } from "../../../src/discovery/name-servers.ts";
import { createHttpGateway, type GatewayOptions } from "../../../src/gateway/gateway.ts";
import type { Route } from "../../../src/http/route.ts";
import type { Services } from "../../../src/http/services.ts";
import { limits } from "../../../src/limits.ts";
import { memoryNetwork } from "../../../src/transport/memory.ts";
import { type Ask, conforming } from "./conformance.ts";

const { connect } = memoryNetwork();
const client = createClient({ connect, limits });

const services: Services = {
  nameServers: createNameServers(client, []),
  client,
  registrations: null,
  allowsConfigChanges: false,
  metricsText: () => "",
  limits,
  about: { name: "test", version: "0", runtime: "test" },
};

/** A gateway with routes of the test's own, before no name server. */
export function ownGateway(routes: readonly Route[], options: Partial<GatewayOptions> = {}): Ask {
  return conforming(routes, createHttpGateway({ routes, services, ...options }).fetch);
}
