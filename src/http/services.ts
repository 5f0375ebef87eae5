import type { Client } from "../client/client.ts";
import type { AddressMap } from "../discovery/address-map.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { NameServers } from "../discovery/name-servers.ts";
import type { Limits } from "../limits.ts";
import type { Registrations } from "../registrations/registrations.ts";
import type { KeptReceipts } from "../sending/kept-receipts.ts";
import type { Sender } from "../sending/sender.ts";
import type { Sessions } from "../sessions/api.ts";

/** What the process says of itself. */
export interface About {
  readonly name: string;
  readonly version: string;
  /** The runtime it runs on, such as "bun 1.4.5". */
  readonly runtime: string;
}

/** What routes have at hand. */
export interface Services {
  readonly nameServers: NameServers;
  /** The brokers that those know. */
  readonly brokers: Brokers;
  /** Where brokers are dialled. */
  readonly addressMap: AddressMap;
  /** What requests to servers go over. */
  readonly client: Client;
  /** Null where a host can't hold a connection beyond a request, as on workerd. */
  readonly registrations: Registrations | null;
  /** Null where registrations are. */
  readonly sessions: Sessions | null;
  /** What sends messages to brokers. */
  readonly sender: Sender;
  /** What was sent under keys of callers; null where registrations are. */
  readonly keptReceipts: KeptReceipts | null;
  /** Whether properties of servers may be changed. */
  readonly allowsConfigChanges: boolean;
  /** Whether filter servers may be given code. */
  readonly allowsFilterClasses: boolean;
  readonly limits: Limits;
  readonly about: About;
  /** What is counted, as Prometheus reads it. */
  readonly metricsText: () => string;
}
