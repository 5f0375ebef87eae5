import type { HeartbeatData } from "../../src/body/heartbeat.ts";
import { createClient } from "../../src/client/client.ts";
import { heartBeat } from "../../src/commands/heart-beat.ts";
import type { Limits } from "../../src/limits.ts";
import type { BrokerNeed, OpenRequest, SessionResult, Sessions } from "../../src/sessions/api.ts";
import type { EventReader, LoggedEvent } from "../../src/sessions/event-log.ts";
import type { SessionBroker } from "../../src/sessions/link.ts";
import { createSessions } from "../../src/sessions/sessions.ts";
import type { SessionInput } from "../../src/sessions/spec.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import type { RemotingCommand } from "../../src/wire/remoting-command.ts";
import { V5_5_0 } from "../../src/wire/versions.ts";
import type { Connection, Handler } from "../support/scripted-connection.ts";
import { type ScriptedServer, type ScriptOptions, startServer } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";

/** A member of one group in one topic. */
export const CONSUMER: SessionInput = { clientId: "c", consumerGroups: [{ group: "g", topic: "t" }] };

/** What every broker answers to a client that comes and goes, and to the question that tells its version. */
const brokerScript: Readonly<Record<number, Handler>> = {
  34: () => ({}),
  35: () => ({}),
  38: refusing(1, "no consumer for this group"),
};

export interface SessionHouse {
  readonly brokers: readonly ScriptedServer[];
  /** What the name servers would say; may be changed at any time. */
  readonly known: SessionBroker[];
  /** What was asked of them. */
  readonly needs: readonly BrokerNeed[];
  readonly sessions: Sessions;
  open(input?: SessionInput, request?: Partial<OpenRequest>): Promise<SessionResult>;
}

export interface SessionHouseOptions {
  readonly limits?: Partial<Limits>;
  /** How many of the brokers the name servers know at first. Default all. */
  readonly knownAtFirst?: number;
}

/** Sessions with scripted brokers `b1` and so on; what a script leaves out answers as a broker does. */
export async function sessionHouse(
  scripts: readonly ScriptOptions[] = [{}],
  { limits, knownAtFirst = scripts.length }: SessionHouseOptions = {},
): Promise<SessionHouse> {
  const network = memoryNetwork();
  const brokers = await Promise.all(
    scripts.map((script, at) =>
      startServer(network, { host: `b${at + 1}`, ...script, handlers: { ...brokerScript, ...script.handlers } }),
    ),
  );
  const known = brokers.slice(0, knownAtFirst).map(brokerOf);
  const needs: BrokerNeed[] = [];
  const client = createClient({ connect: network.connect, ...(limits && { limits }) });
  const sessions = createSessions({
    client,
    async resolve(need) {
      needs.push(need);
      return [...known];
    },
    ...(limits && { limits }),
  });
  return {
    brokers,
    known,
    needs,
    sessions,
    open: (input = CONSUMER, request = {}) => sessions.open(input, { oneway: false, timeoutMillis: 2_000, ...request }),
  };
}

/** A scripted broker as name servers tell of it. */
export function brokerOf({ address, name }: ScriptedServer): SessionBroker {
  return { ...address, kind: "broker", cluster: "c1", brokerName: address.host, brokerId: 0, address: name };
}

/** The one broker of a house. */
export function only({ brokers }: SessionHouse): ScriptedServer {
  const [broker] = brokers;
  if (broker === undefined || brokers.length > 1) throw new Error("Cannot choose: a house of one broker");
  return broker;
}

/** What a broker was told by heartbeats, in their order. */
export function heartbeats(broker: ScriptedServer): HeartbeatData[] {
  return broker.requests(34).map(({ body, version }) => {
    const data = heartBeat.request.body?.decode(body ?? new Uint8Array(), { version, header: {} });
    if (data === undefined) throw new Error("Cannot read a heartbeat: it has no body");
    return data;
  });
}

/** A request of a broker's own; `flag` 2 is one-way. */
export function asks(code: number, more: Partial<RemotingCommand> = {}): RemotingCommand {
  const sender = { language: "JAVA", version: V5_5_0, remark: null };
  return { ...sender, code, opaque: 900 + code, flag: 0, extFields: {}, body: null, ...more };
}

/** The connection over which a broker knows a session. */
export function linkOf(broker: ScriptedServer): Connection {
  const open = broker.connections.findLast(({ isOpen }) => isOpen);
  if (open === undefined) throw new Error("Cannot ask a client: none is connected");
  return open;
}

/** An event with what it says. */
export interface ReadEvent extends Omit<LoggedEvent, "json"> {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events whose shape is what they check.
  readonly data: any;
}

/** The next event. */
export async function nextOf(reader: EventReader): Promise<ReadEvent | null> {
  const event = await reader.next();
  return event && { id: event.id, name: event.name, data: JSON.parse(event.json) };
}
