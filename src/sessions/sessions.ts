import type { Client } from "../client/client.ts";
import { countdown, within } from "../client/deadline.ts";
import { Fault } from "../errors.ts";
import { limits as defaults, type Limits } from "../limits.ts";
import type { HeldSession, OpenRequest, ResolveBrokers, SessionResult, Sessions } from "./api.ts";
import type { SessionBroker } from "./link.ts";
import type { LinkOutcome } from "./links.ts";
import { createLive, type EndReason, type LiveSession, needOf } from "./live.ts";
import { type SessionInput, type SessionSpec, specOf } from "./spec.ts";

export type * from "./api.ts";

export interface SessionsOptions {
  readonly client: Pick<Client, "dial">;
  readonly resolve: ResolveBrokers;
  readonly limits?: Partial<Limits>;
}

const endings: Readonly<Record<EndReason, string>> = {
  lease: "nobody renewed it or listened to it",
  deleted: "it was deleted",
  stopping: "the gateway is stopping",
};

export function createSessions({ client, resolve, ...options }: SessionsOptions): Sessions {
  const limits: Limits = { ...defaults, ...options.limits };
  const held = new Map<string, LiveSession>();
  /** Sessions that are being opened: they count, and a stop must find them. */
  const opening = new Set<LiveSession>();
  /** Client ids that are taken, those of sessions whose brokers are still being looked for included. */
  const clientIds = new Set<string>();
  const ended = new Map<string, EndReason>();
  let isClosed = false;

  function ensureOpen(): void {
    if (isClosed) throw new Fault("unavailable", "Cannot open a session: the gateway is stopping");
  }

  function refuseUnlessFree({ clientId }: SessionSpec): void {
    ensureOpen();
    if (clientIds.size >= limits.maxSessions) {
      throw new Fault("unavailable", `Cannot open a session: ${limits.maxSessions} are held already`);
    }
    if (clientIds.has(clientId)) {
      const message = `Cannot open a session for client ${clientId}: another one has that id`;
      throw new Fault("conflict", message, { hint: "Delete the other session first, or leave out clientId." });
    }
  }

  function find(id: string): LiveSession {
    const session = held.get(id);
    if (session) return session;
    const reason = ended.get(id);
    if (reason === undefined)
      throw new Fault("not-found", `Cannot find session ${id}: the gateway holds none of that id`);
    throw new Fault("gone", `Cannot use session ${id}: it has ended, ${endings[reason]}`, {
      hint: "Open another one with POST /sessions.",
    });
  }

  function end(session: LiveSession, reason: EndReason, timeoutMillis: number): Promise<LinkOutcome[]> {
    held.delete(session.id);
    clientIds.delete(session.spec.clientId);
    ended.set(session.id, reason);
    const [oldest] = ended.keys();
    if (ended.size > limits.maxEndedSessions && oldest !== undefined) ended.delete(oldest);
    return session.end(reason, timeoutMillis);
  }

  async function brokersOf(spec: SessionSpec): Promise<readonly SessionBroker[]> {
    const need = needOf(spec);
    const brokers = await resolve(need);
    ensureOpen();
    if (brokers.length > 0) return brokers;
    const reason = need.all ? "the name servers know none" : `there is no route to ${need.topics.join(", ")}`;
    throw new Fault("not-found", `Cannot find a broker for the session: ${reason}`);
  }

  async function create(spec: SessionSpec, request: OpenRequest): Promise<SessionResult> {
    const left = countdown(request.timeoutMillis);
    const brokers = await brokersOf(spec);
    const session: LiveSession = createLive(crypto.randomUUID(), spec, brokers, {
      client,
      resolve,
      limits,
      onExpiry: () => end(session, "lease", limits.timeoutMillis),
    });
    opening.add(session);
    const outcomes = await session.heartbeat({ oneway: request.oneway }, left());
    opening.delete(session);
    // A stop meanwhile has ended it.
    ensureOpen();
    const { isEnough = (ok) => ok > 0 } = request;
    if (isEnough(outcomes.filter(({ ok }) => ok).length, outcomes.length)) {
      held.set(session.id, session);
      session.keep();
    } else {
      session.drop();
    }
    return { ...view(session), outcomes };
  }

  function specFor(input: SessionInput): SessionSpec {
    const spec = specOf(input, limits.leaseMillis);
    refuseUnlessFree(spec);
    return spec;
  }

  return {
    async prepare(input) {
      const spec = specFor(input);
      return { spec, brokers: await brokersOf(spec) };
    },
    async open(input, request) {
      const spec = specFor(input);
      clientIds.add(spec.clientId);
      try {
        const result = await create(spec, request);
        if (!held.has(result.id)) clientIds.delete(spec.clientId);
        return result;
      } catch (error) {
        clientIds.delete(spec.clientId);
        throw error;
      }
    },
    list: () => [...held.values()].map(view),
    get: (id) => view(find(id)),
    async renew(id, { oneway, timeoutMillis }) {
      const session = find(id);
      session.renew();
      const outcomes = await session.heartbeat({ oneway }, timeoutMillis);
      return { ...view(session), outcomes };
    },
    read: (id, afterEventId) => find(id).read(afterEventId),
    question: (id, eventId) => find(id).questions.find(eventId),
    reply: (id, eventId, reply) => find(id).questions.reply(eventId, reply),
    async release(id, { timeoutMillis }) {
      return end(find(id), "deleted", timeoutMillis);
    },
    get stats() {
      const states = [...held.values()].flatMap((session) => session.states);
      return { sessions: held.size, connections: states.filter(({ connected }) => connected).length };
    },
    async close(timeoutMillis) {
      isClosed = true;
      const all = [...held.values(), ...opening];
      const released = Promise.all(all.map((session) => end(session, "stopping", timeoutMillis)));
      const late = () => new Fault("timeout", "Cannot end every session: the time is over");
      await within(released, timeoutMillis, late).catch(() => {
        for (const session of all) session.drop();
      });
    },
  };
}

function view({ id, spec, expiresAt, listeners, states }: LiveSession): HeldSession {
  return { id, spec, expiresAt, listeners, states };
}
