import type { EventReader } from "./event-log.ts";
import type { LinkState, SessionBroker } from "./link.ts";
import type { LinkOutcome } from "./links.ts";
import type { Question, QuestionReply } from "./questions.ts";
import type { SessionInput, SessionSpec } from "./spec.ts";

/** What brokers a session involves. */
export interface BrokerNeed {
  /** Those in the routes of these topics, masters and slaves. */
  readonly topics: readonly string[];
  /** Every broker there is: a producer group may have begun a transaction at any of them. */
  readonly all: boolean;
}

/** Finds the brokers that a session involves; none is no error. */
export type ResolveBrokers = (need: BrokerNeed) => Promise<readonly SessionBroker[]>;

/** A client session that the gateway holds. */
export interface HeldSession {
  readonly id: string;
  readonly spec: SessionSpec;
  /** When it ends unless it is renewed, epoch milliseconds; null while somebody listens. */
  readonly expiresAt: number | null;
  /** How many listen to it. */
  readonly listeners: number;
  /** How it stands with each broker. */
  readonly states: readonly LinkState[];
}

export interface PreparedSession {
  readonly spec: SessionSpec;
  readonly brokers: readonly SessionBroker[];
}

export interface SessionRequest {
  readonly oneway: boolean;
  readonly timeoutMillis: number;
}

export interface OpenRequest extends SessionRequest {
  /** Whether a session is to be held when so many of all brokers took its heartbeat. Default: when one did. */
  readonly isEnough?: (ok: number, all: number) => boolean;
}

/** What came of asking every broker of a session. */
export interface SessionResult extends HeldSession {
  readonly outcomes: readonly LinkOutcome[];
}

/** The client sessions of a gateway. */
export interface Sessions {
  /**
   * Becomes a client of every broker that the groups involve and holds that from then on. Nothing is held when every
   * broker failed. Rejects with `invalid-body`, `not-found` (no broker), `conflict` (the client id is taken),
   * `unavailable` (too many, or stopping), or as finding the brokers does.
   */
  open(input: SessionInput, request: OpenRequest): Promise<SessionResult>;
  /** What would be opened, and where. Sends nothing to brokers, and rejects as `open` does. */
  prepare(input: SessionInput): Promise<PreparedSession>;
  list(): readonly HeldSession[];
  /** Throws `not-found`, or `gone` for one that has ended. So do all that follow. */
  get(id: string): HeldSession;
  /** Renews the lease and sends heartbeats now. */
  renew(id: string, request: SessionRequest): Promise<SessionResult>;
  /** Reads the events behind this number; without one, those that nobody has read. It lives while somebody reads. */
  read(id: string, afterEventId?: number): EventReader;
  /** What a broker asked by an event. Throws as {@link import("./questions.ts").Questions.find} does. */
  question(id: string, eventId: string): Question;
  /** Answers a broker. Throws as {@link import("./questions.ts").Questions.reply} does. */
  reply(id: string, eventId: string, reply: QuestionReply): void;
  /** Leaves every group at every broker and forgets it. */
  release(id: string, request: SessionRequest): Promise<readonly LinkOutcome[]>;
  readonly stats: SessionsStats;
  /** Releases all, as far as the time allows, and closes every connection. */
  close(timeoutMillis: number): Promise<void>;
}

/** What is held. */
export interface SessionsStats {
  readonly sessions: number;
  /** Open connections to brokers. */
  readonly connections: number;
}
