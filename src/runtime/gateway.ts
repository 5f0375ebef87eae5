import { routes } from "../../routes/index.ts";
import { createClient } from "../client/client.ts";
import type { Hooks } from "../client/hooks.ts";
import { commandsOf } from "../commands/index.ts";
import { type AddressMap, unmapped } from "../discovery/address-map.ts";
import { createBrokers } from "../discovery/brokers.ts";
import { createNameServers } from "../discovery/name-servers.ts";
import type { AccessOptions } from "../gateway/access.ts";
import type { Sharing } from "../gateway/exchange.ts";
import { createHttpGateway } from "../gateway/gateway.ts";
import type { Exchange } from "../gateway/observe.ts";
import type { About } from "../http/services.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import { createRegistrations, type Registrations } from "../registrations/registrations.ts";
import type { RegistrationStore } from "../registrations/store.ts";
import { createKeptReceipts } from "../sending/kept-receipts.ts";
import { createSender } from "../sending/sender.ts";
import { createSessions } from "../sessions/sessions.ts";
import type { Address, Connect, TlsOptions } from "../transport/socket.ts";
import { createMeasures, type Measures } from "./measures.ts";
import { sessionBrokers } from "./session-brokers.ts";
import { version } from "./version.ts";

export interface CreateGatewayOptions {
  /** How this runtime opens connections. */
  readonly connect: Connect;
  /** The name servers to talk to. */
  readonly nameServers: readonly Address[];
  /** Where brokers are dialled; default where they are registered. `parseAddressMap` reads one. */
  readonly addressMap?: AddressMap;
  /** TLS to the servers. */
  readonly tls?: TlsOptions;
  /** Called around every request to a server, for instance to sign it. */
  readonly hooks?: readonly Hooks[];
  readonly limits?: Partial<Limits>;
  /** Whether a call that times out closes its connection. */
  readonly closeOnTimeout?: boolean;
  /** Who may call; default everyone. */
  readonly access?: AccessOptions;
  /** How reads of the same thing are shared. */
  readonly sharing?: Sharing;
  /**
   * Where held registrations outlive the process; false where nothing can be held, neither them nor client sessions.
   * Default: they end with the process.
   */
  readonly registrations?: RegistrationStore | false;
  /** Whether callers may change properties of servers; default false. */
  readonly allowConfigChanges?: boolean;
  /** Whether callers may have filter servers of 3.x compile and run code; default false. */
  readonly allowFilterClasses?: boolean;
  /** What /version says the gateway runs on. */
  readonly runtime?: string;
  /** Hears of every error that is the gateway's own. */
  readonly onError?: (trace: string) => void;
  /** Hears of every request once it is answered, for instance to log it. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Where it counts; default: on its own. */
  readonly measures?: Measures;
}

/** A gateway: Request in, Response out, and the registrations that it holds. */
export interface Gateway {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly registrations: Registrations | null;
  /** Ends what would go on for ever, within its time: client sessions, and the streams that are open. */
  drain(): Promise<void>;
  /** The same, unregisters what is held, and closes every connection. */
  close(): Promise<void>;
}

/** Composes a gateway with every route of the API. It listens nowhere: hand its `fetch` to a server. */
export function createGateway(options: CreateGatewayOptions): Gateway {
  const limits: Limits = { ...defaults, ...options.limits };
  const { connect, nameServers: addresses, tls, hooks = [], closeOnTimeout = false, runtime = "unknown" } = options;
  const { measures = createMeasures(), addressMap = unmapped } = options;
  const client = createClient({
    connect,
    limits,
    session: { limits, closeOnTimeout },
    hooks: [...hooks, measures.hooksFor(addresses)],
    ...(tls && { tls }),
  });
  const store = options.registrations;
  const registrations =
    store === false ? null : createRegistrations({ client, nameServers: addresses, limits, ...(store && { store }) });
  const nameServers = createNameServers(client, addresses, limits);
  const brokers = createBrokers(client, nameServers, { limits, map: addressMap });
  const sessions = store === false ? null : createSessions({ client, resolve: sessionBrokers(brokers), limits });
  const about: About = { name: "rocketmq-gateway", version, runtime };
  const http = createHttpGateway({
    routes,
    nameOf: (code) => commandsOf(code).at(-1)?.name ?? null,
    services: {
      client,
      nameServers,
      brokers,
      addressMap,
      registrations,
      sessions,
      sender: createSender(limits),
      keptReceipts: store === false ? null : createKeptReceipts(limits),
      allowsConfigChanges: options.allowConfigChanges ?? false,
      allowsFilterClasses: options.allowFilterClasses ?? false,
      limits,
      about,
      metricsText: () =>
        measures.text({
          client: client.stats,
          registrations: registrations?.list().length ?? 0,
          sessions: sessions?.stats ?? { sessions: 0, connections: 0 },
          streams: http.streams.open,
          nameServers: addresses.length,
          about,
        }),
    },
    maxBodyBytes: limits.maxBodyBytes,
    ...(options.access && { access: options.access }),
    ...(options.sharing && { sharing: options.sharing }),
    ...(options.onError && { onError: options.onError }),
    onExchange(exchange) {
      measures.onExchange(exchange);
      options.onExchange?.(exchange);
    },
  });
  async function drain(): Promise<void> {
    await sessions?.close(limits.drainTimeoutMillis);
    http.streams.end();
  }

  return {
    fetch: http.fetch,
    registrations,
    drain,
    async close() {
      await drain();
      await registrations?.close(limits.drainTimeoutMillis);
      client.close();
    },
  };
}
