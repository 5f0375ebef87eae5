import { routes } from "../../../routes/index.ts";
import { type NameServer, startNameServer } from "../../../src/nameserver/name-server.ts";
import { type CreateGatewayOptions, createGateway } from "../../../src/runtime/gateway.ts";
import { memoryNetwork } from "../../../src/transport/memory.ts";
import type { Address } from "../../../src/transport/socket.ts";
import { answerOf, type HttpAnswer, requestOf } from "../../support/http.ts";
import { type ScriptedServer, type ScriptOptions, startServer } from "../../support/scripted-server.ts";
import { type Ask, conforming } from "./conformance.ts";

/** A name server of a rig: the embedded one, one that is not there, or one that follows a script. */
export type Upstream = "up" | "down" | ScriptOptions;

export interface RigOptions extends Partial<Omit<CreateGatewayOptions, "nameServers">> {
  /** Default: one that is up. */
  readonly upstreams?: readonly Upstream[];
  /** Brokers that follow a script. They are there, and registered nowhere. */
  readonly brokers?: readonly ScriptOptions[];
}

/** A gateway in this process with every route, before name servers in memory. */
export interface Rig extends AsyncDisposable {
  readonly ask: Ask;
  /** Asks past the check of what a route declares, for views that aren't its JSON. */
  readonly raw: (operation: string, headers: Record<string, string>) => Promise<HttpAnswer>;
  /** Asks past every check. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same for an answer that goes on. */
  readonly stream: (operation: string, headers?: Record<string, string>) => Promise<Response>;
  /** The embedded name servers, in their order. */
  readonly embedded: readonly NameServer[];
  /** Those that follow a script, in their order. */
  readonly scripted: readonly ScriptedServer[];
  readonly brokers: readonly ScriptedServer[];
  /** Starts one more broker. */
  readonly startBroker: (script: ScriptOptions) => Promise<ScriptedServer>;
  /** What was logged. */
  readonly logged: readonly string[];
}

/** Starts the servers, `ns0` and so on, and a gateway; a server that says nothing costs its end no time. */
export async function startRig({
  upstreams = ["up"],
  brokers: scripts = [],
  limits,
  ...options
}: RigOptions = {}): Promise<Rig> {
  const network = memoryNetwork();
  const embedded: NameServer[] = [];
  const scripted: ScriptedServer[] = [];
  const logged: string[] = [];
  const nameServers: Address[] = [];
  for (const [index, upstream] of upstreams.entries()) {
    const address = { host: `ns${index}`, port: 9_876 };
    if (upstream === "up") embedded.push(await startNameServer({ listen: network.listen, address }));
    else if (upstream !== "down") scripted.push(await startServer(network, { host: address.host, ...upstream }));
    nameServers.push(typeof upstream === "object" ? (scripted.at(-1) as ScriptedServer).address : address);
  }
  const brokers: ScriptedServer[] = [];
  async function startBroker(script: ScriptOptions): Promise<ScriptedServer> {
    const broker = await startServer(network, { host: `broker${brokers.length}`, ...script });
    brokers.push(broker);
    return broker;
  }
  for (const script of scripts) await startBroker(script);
  const gateway = createGateway({
    connect: network.connect,
    nameServers,
    limits: { drainTimeoutMillis: 50, ...limits },
    onError: (trace) => logged.push(trace),
    ...options,
  });
  return {
    ask: conforming(routes, gateway.fetch),
    async raw(operation, headers) {
      const [method = "", path = ""] = operation.split(" ", 2);
      return answerOf(await gateway.fetch(requestOf("http://localhost", path, { method, headers })));
    },
    fetch: async (request) => gateway.fetch(request),
    async stream(operation, headers = {}) {
      const [method = "", path = ""] = operation.split(" ", 2);
      return gateway.fetch(requestOf("http://localhost", path, { method, headers }));
    },
    embedded,
    scripted,
    brokers,
    startBroker,
    logged,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await Promise.all([
        ...embedded.map((server) => server.close()),
        ...[...scripted, ...brokers].map((server) => server.stop()),
      ]);
    },
  };
}
