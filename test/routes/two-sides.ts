import { routes } from "../../routes/index.ts";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { createGateway, type Gateway } from "../../src/runtime/gateway.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import { type Ask, conforming } from "../gateway/support/conformance.ts";

/** Two name servers with a gateway before both, and one before each: what only one of them hears sets them apart. */
export interface TwoSides extends AsyncDisposable {
  readonly both: Ask;
  readonly first: Ask;
  readonly second: Ask;
}

export async function startTwoSides(): Promise<TwoSides> {
  const { connect, listen } = memoryNetwork();
  const [one, two] = [
    { host: "ns0", port: 9_876 },
    { host: "ns1", port: 9_876 },
  ];
  const servers = [await startNameServer({ listen, address: one }), await startNameServer({ listen, address: two })];
  const gateways: Gateway[] = [];
  const before = (...nameServers: (typeof one)[]): Ask => {
    const gateway = createGateway({ connect, nameServers, allowConfigChanges: true });
    gateways.push(gateway);
    return conforming(routes, gateway.fetch);
  };
  return {
    both: before(one, two),
    first: before(one),
    second: before(two),
    async [Symbol.asyncDispose]() {
      await Promise.all(gateways.map((gateway) => gateway.close()));
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
