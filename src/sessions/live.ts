import type { Client } from "../client/client.ts";
import type { Limits } from "../limits.ts";
import type { HeldSession, ResolveBrokers } from "./api.ts";
import { createEventLog, type EventReader } from "./event-log.ts";
import { createLease } from "./lease.ts";
import type { SessionBroker } from "./link.ts";
import { createLinks, type LinkOutcome } from "./links.ts";
import { createQuestions, type Questions } from "./questions.ts";
import type { HeartbeatOptions } from "./send.ts";
import type { SessionSpec } from "./spec.ts";

/** Why a session ended. */
export type EndReason = "lease" | "deleted" | "stopping";

/** One session: what it says to brokers, what they say to it, and how long it lives. */
export interface LiveSession extends HeldSession {
  readonly questions: Pick<Questions, "find" | "reply">;
  heartbeat(options: HeartbeatOptions, timeoutMillis: number): Promise<LinkOutcome[]>;
  /** From now on it follows its brokers, and lives no longer than its lease. */
  keep(): void;
  renew(): void;
  read(afterEventId?: number): EventReader;
  /** Tells those who listen, leaves every group and closes every connection. Never rejects. */
  end(reason: EndReason, timeoutMillis: number): Promise<LinkOutcome[]>;
  drop(): void;
}

export interface LiveOptions {
  readonly client: Pick<Client, "dial">;
  readonly resolve: ResolveBrokers;
  readonly limits: Limits;
  /** Called when nobody has cared for it for too long. */
  readonly onExpiry: () => void;
}

/** The brokers that the groups of a session involve. */
export function needOf({ producerGroups, consumerGroups }: SessionSpec) {
  return { topics: [...new Set(consumerGroups.map(({ topic }) => topic))], all: producerGroups.length > 0 };
}

export function createLive(
  id: string,
  spec: SessionSpec,
  brokers: readonly SessionBroker[],
  { client, resolve, limits, onExpiry }: LiveOptions,
): LiveSession {
  const log = createEventLog(limits);
  const lease = createLease(spec.leaseMillis, onExpiry);
  const questions = createQuestions({ log, spec, limits, isHeard: () => lease.isHeld });
  const onRequest: Parameters<typeof createLinks>[0]["onRequest"] = (broker) => (frame, connection) =>
    questions.ask(frame, connection, broker);
  const links = createLinks({ client, limits, spec, onRequest });
  let listeners = 0;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  links.follow(brokers);

  async function follow(): Promise<void> {
    // Where the name servers can't be asked, what they said last holds.
    const found = await resolve(needOf(spec)).catch(() => []);
    if (isOver) return;
    links.follow(found);
    timer = setTimeout(follow, limits.heartbeatPeriodMillis);
  }

  function end(reason: EndReason): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    lease.end();
    questions.end();
    log.append("expired", () => ({ reason, at: Date.now() }));
    log.end();
  }

  return {
    id,
    spec,
    questions,
    get expiresAt() {
      return lease.expiresAt;
    },
    get listeners() {
      return listeners;
    },
    get states() {
      return links.states;
    },
    heartbeat: links.heartbeat,
    keep() {
      links.keep();
      lease.renew();
      timer = setTimeout(follow, limits.heartbeatPeriodMillis);
    },
    renew: lease.renew,
    read(afterEventId) {
      const reader = log.read(afterEventId);
      const letGo = lease.hold();
      let isReading = true;
      listeners++;
      return {
        next: reader.next,
        close() {
          reader.close();
          letGo();
          if (isReading) listeners--;
          isReading = false;
        },
      };
    },
    end(reason, timeoutMillis) {
      end(reason);
      return links.release(timeoutMillis);
    },
    drop() {
      end("stopping");
      links.drop();
    },
  };
}
