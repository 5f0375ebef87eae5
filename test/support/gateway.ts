import { type NameServer, startNameServer } from "../../src/nameserver/name-server.ts";
import { type CreateGatewayOptions, createGateway, type Gateway } from "../../src/runtime/gateway.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { answerOf, type HttpAnswer, type HttpInit, requestOf } from "./http.ts";

/** A gateway in this process before name servers in memory. */
export interface TestGateway {
  readonly gateway: Gateway;
  readonly nameServers: readonly NameServer[];
  /** Asks the gateway as if over HTTP. */
  ask(path: string, init?: HttpInit): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Starts both; `count` name servers, one unless given. */
export async function startTestGateway(
  options: Partial<CreateGatewayOptions> & { readonly count?: number } = {},
): Promise<TestGateway> {
  const { count = 1, ...rest } = options;
  const { connect, listen } = memoryNetwork();
  const hosts = Array.from({ length: count }, (_, index) => ({ host: `ns${index}`, port: 9_876 }));
  const nameServers = await Promise.all(hosts.map((address) => startNameServer({ listen, address })));
  const gateway = createGateway({ connect, nameServers: hosts, ...rest });
  return {
    gateway,
    nameServers,
    ask: async (path, init) => answerOf(await gateway.fetch(requestOf("http://localhost", path, init))),
    async close() {
      await gateway.close();
      await Promise.all(nameServers.map((server) => server.close()));
    },
  };
}
