import { expect } from "bun:test";
import { type RegisterBrokerBody, registerBrokerBody } from "../../src/body/register-broker.ts";
import { type Client, createClient } from "../../src/client/client.ts";
import { registerBroker } from "../../src/commands/register-broker.ts";
import type { Limits } from "../../src/limits.ts";
import {
  createRegistrations,
  type RegisterRequest,
  type RegisterResult,
  type Registrations,
} from "../../src/registrations/registrations.ts";
import type { RegistrationInput } from "../../src/registrations/spec.ts";
import type { RegistrationStore, StoredRegistration } from "../../src/registrations/store.ts";
import { type Decoded, decodeFields } from "../../src/schema/fields.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import type { Connect } from "../../src/transport/socket.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import { type Clock, settle } from "../support/clock.ts";
import { type ScriptedServer, type ScriptOptions, startServer } from "../support/scripted-server.ts";
import { nameServerScript } from "../support/scripts.ts";

export const ID = "c1~b1~0";

/** A registration without topics. */
export function broker(more: Partial<RegistrationInput> = {}): RegistrationInput {
  const addresses = { brokerAddr: "10.0.0.7:10911", haServerAddr: "10.0.0.7:10912" };
  return { clusterName: "c1", brokerName: "b1", brokerId: 0, ...addresses, ...more };
}

/** The part of a registration that lists topics, each with defaults but for what is given. */
export function topics(table: Record<string, object>): Pick<RegistrationInput, "topicConfigSerializeWrapper"> {
  return { topicConfigSerializeWrapper: { topicConfigTable: table } };
}

/** How to register unless a test cares. */
export const HOLD: RegisterRequest = { hold: true, force: true, oneway: false, timeoutMillis: 2_000 };

export interface House {
  readonly servers: readonly ScriptedServer[];
  readonly client: Client;
  readonly registrations: Registrations;
  register(more?: Partial<RegistrationInput>, how?: Partial<RegisterRequest>): Promise<RegisterResult>;
}

export interface HouseOptions {
  readonly limits?: Partial<Limits>;
  readonly store?: RegistrationStore;
  /** Wraps the way to connect. */
  readonly through?: (connect: Connect) => Connect;
}

/** Registrations with scripted name servers; what a script leaves out answers as a name server does. */
export async function house(scripts: readonly ScriptOptions[] = [{}], options: HouseOptions = {}): Promise<House> {
  const network = memoryNetwork();
  const { through = (connect) => connect, limits, store } = options;
  const servers = await Promise.all(
    scripts.map((script, at) =>
      startServer(network, { host: `ns${at + 1}`, ...script, handlers: { ...nameServerScript, ...script.handlers } }),
    ),
  );
  const client = createClient({ connect: through(network.connect), ...(limits && { limits }) });
  const nameServers = servers.map(({ address }) => address);
  const registrations = createRegistrations({
    client,
    nameServers,
    ...(limits && { limits }),
    ...(store && { store }),
  });
  return {
    servers,
    client,
    registrations,
    register: (more, how) => registrations.register(broker(more), { ...HOLD, ...how }),
  };
}

/** The one server of a house. */
export function only({ servers }: House): ScriptedServer {
  const [server] = servers;
  if (server === undefined || servers.length > 1) throw new Error("Cannot choose: a house of one server");
  return server;
}

/** A registration as a name server reads it. */
export interface Read {
  readonly header: Decoded<typeof registerBroker.request.header>;
  readonly body: RegisterBrokerBody;
  readonly request: RemotingCommand;
}

export function read(request: RemotingCommand): Read {
  const header = decodeFields(registerBroker.request.header, request.extFields);
  const bytes = request.body ?? new Uint8Array();
  return { header, body: registerBrokerBody.decode(bytes, { version: request.version, header }), request };
}

/** The registrations that a server received, in their order. */
export function received(server: ScriptedServer): Read[] {
  return server.requests(103).map(read);
}

/** What a real name server would hold now: a broker belongs to the connection of its last registration, and ends with it. */
export function registeredAt({ arrivals }: ScriptedServer): string[] {
  const owners = new Map<string, ScriptedServer["arrivals"][number]["connection"]>();
  for (const { connection, request } of arrivals) {
    const { brokerName, brokerId } = request.extFields ?? {};
    if (request.code === 103) owners.set(`${brokerName} ${brokerId}`, connection);
    if (request.code === 104) owners.delete(`${brokerName} ${brokerId}`);
  }
  return [...owners].filter(([, connection]) => connection.isOpen).map(([broker]) => broker);
}

/** A store that keeps what it was given, in memory, and fails while it is told to. */
export function memoryStore(): RegistrationStore & {
  kept: readonly StoredRegistration[];
  isBroken: boolean;
  saves: number;
} {
  return {
    kept: [],
    isBroken: false,
    saves: 0,
    async load() {
      return this.kept;
    },
    async save(registrations) {
      await Promise.resolve();
      this.saves++;
      if (this.isBroken) throw new Error("Cannot save: the disk is full");
      this.kept = registrations;
    },
  };
}

/** Nothing is registered, nothing is open, no timer runs, and none of it changes in the next ten minutes. */
export async function expectOver(own: House, clock: Clock): Promise<void> {
  await settle();
  for (let look = 0; look < 2; look++) {
    expect(own.servers.map(({ openCount }) => openCount)).toEqual(own.servers.map(() => 0));
    expect(own.servers.flatMap(registeredAt)).toEqual([]);
    expect(clock.timers).toBe(0);
    await clock.advance(600_000, 10_000);
  }
}
