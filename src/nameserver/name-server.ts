import { limits as defaults } from "../limits.ts";
import { createSession, type Session } from "../session/session.ts";
import type { Address, Socket } from "../transport/socket.ts";
import { dropChannel, dropExpired } from "./departure.ts";
import { dispatcher } from "./dispatch.ts";
import { handlers } from "./handlers.ts";
import { type NameServerOptions, nameServerLimits } from "./options.ts";
import { createState } from "./state.ts";

/** What a name server holds at this moment. */
export interface NameServerStats {
  readonly connections: number;
  /** Broker names. */
  readonly brokers: number;
  readonly topics: number;
}

/** A running name server. */
export interface NameServer {
  /** Where it listens; the port is the real one when 0 was asked for. */
  readonly address: Address;
  readonly stats: NameServerStats;
  /** Stops listening and closes every connection. What it knew is gone. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a name server inside this process, for a first run, development and tests: brokers, clients and mqadmin of
 * every generation work with it. It keeps nothing on disk and asks nobody for credentials.
 *
 * It is the one of 5.5.0, whose answers 4.x and 3.x read too, with these differences:
 * - a broker's first registration may have just one topic, which 5.5.0 refuses;
 * - a registration without a cluster, name, address or id is code 1, never a silent success;
 * - when a connection closes, every broker that registered over it is gone, not one of them;
 * - a broker that is gone is gone from all its clusters;
 * - bodies are spelled as the requester's version expects (`topicSynFlag` for 3.x), 217 and 218 mean to a 3.x
 *   requester what they meant in 3.x, and a 3.x requester finds the order configuration in a route.
 *
 * Rejects with `listen-failed` when the address is taken.
 */
export async function startNameServer(options: NameServerOptions): Promise<NameServer> {
  const limits = { ...defaults, ...nameServerLimits, ...options.limits };
  const now = options.now ?? Date.now;
  const state = createState({ now, brokerExpiryMillis: limits.brokerExpiryMillis });
  const answer = dispatcher(state, handlers);
  /** When each connection last asked something. */
  const sessions = new Map<Session, number>();

  function accept(socket: Socket): void {
    if (sessions.size >= limits.maxConnections) {
      socket.close();
      return;
    }
    const session = createSession(socket, {
      limits,
      onRequest(request, channel) {
        sessions.set(channel, now());
        return answer(request, channel);
      },
    });
    sessions.set(session, now());
    session.closed.then(() => {
      sessions.delete(session);
      dropChannel(state, session);
    });
  }

  function scan(): void {
    dropExpired(state);
    for (const [session, askedAt] of sessions) if (askedAt + limits.idleMillis < now()) session.close();
  }

  const listener = await options.listen(options.address, accept);
  const timer = setInterval(scan, limits.scanPeriodMillis);
  return {
    address: listener.address,
    get stats() {
      return { connections: sessions.size, brokers: state.brokers.size, topics: state.topics.size };
    },
    async close() {
      clearInterval(timer);
      for (const session of sessions.keys()) session.close();
      await listener.close();
    },
  };
}
