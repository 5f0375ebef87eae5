import { backoffMillis } from "../client/backoff.ts";
import type { Client } from "../client/client.ts";
import { countdown, within } from "../client/deadline.ts";
import { type Outcome, outcomeOf } from "../client/outcome.ts";
import type { Peer } from "../client/peer.ts";
import type { Target } from "../client/target.ts";
import { Fault, isRetryable } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import type { Limits } from "../limits.ts";
import type { RequestHandler } from "../session/session.ts";
import { formatAddress } from "../transport/address.ts";
import { type HeartbeatOptions, sendHeartbeat, sendUnregister } from "./send.ts";
import type { SessionSpec } from "./spec.ts";

/** A broker that a session is a client of. Host and port are where it is dialled. */
export interface SessionBroker extends Target {
  readonly kind: "broker";
  /** Null where no name server says it. */
  readonly cluster: string | null;
  readonly brokerName: string;
  /** 0 is the master. */
  readonly brokerId: Int64;
  /** `host:port` that it is registered under. */
  readonly address: string;
}

/** A new connection's first request asks for the version, so what follows is the second. */
export const AFTER_THE_PROBE = 2;

/** How a session stands with one broker. */
export interface LinkState {
  readonly broker: SessionBroker;
  readonly connected: boolean;
  /** How the last heartbeat ended, null before the first. */
  readonly last: Outcome<void> | null;
  /** The opaque of its next request. */
  readonly nextOpaque: number;
}

/** One session at one broker, over a connection of its own. */
export interface Link {
  readonly state: LinkState;
  /** Sends a heartbeat now. They follow one another, and waiting for one's turn takes of the own time. Never rejects. */
  heartbeat(options: HeartbeatOptions, timeoutMillis: number): Promise<Outcome<void>>;
  /** From now on sends heartbeats in good time, and connects again after every loss. */
  keep(): void;
  /** Leaves every group and closes the connection; the link is over. Never rejects. Idempotent. */
  release(timeoutMillis: number): Promise<Outcome<void>>;
  /** Closes the connection, upon which the broker forgets the client; the link is over. Idempotent. */
  drop(): void;
}

export interface LinkOptions {
  readonly broker: SessionBroker;
  readonly client: Pick<Client, "dial">;
  readonly limits: Limits;
  readonly spec: SessionSpec;
  /** Answers what the broker asks. */
  readonly onRequest: RequestHandler;
}

/** A broker knows a client by its connection, and forgets it with that, so each link has its own. */
export function createLink({ broker, client, limits, spec, onRequest }: LinkOptions): Link {
  const target = formatAddress(broker);
  /** Aborted when the link is over: no step of a heartbeat follows then. */
  const ending = new AbortController();
  const { signal } = ending;
  let peer: Peer | undefined;
  let isKept = false;
  let underWay = 0;
  let failures = 0;
  let openedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Outcome<void> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let released: Promise<Outcome<void>> | undefined;

  function usable(): Peer | undefined {
    return peer?.session.isOpen ? peer : undefined;
  }

  async function open(timeoutMillis: number): Promise<Peer> {
    const next = await client.dial(broker, timeoutMillis, signal, onRequest);
    // The end may have come in the moment in which it opened.
    if (signal.aborted) next.session.close();
    signal.throwIfAborted();
    peer = next;
    openedAt = Date.now();
    next.session.closed.then(() => {
      if (peer === next) lose();
    });
    return next;
  }

  async function attempt(options: HeartbeatOptions, timeoutMillis: number): Promise<void> {
    signal.throwIfAborted();
    if (timeoutMillis <= 0) throw tooLate();
    const left = countdown(timeoutMillis);
    const known = usable();
    const current = known ?? (await open(left()));
    try {
      await sendHeartbeat(current, spec, { ...options, signal }, left());
      signal.throwIfAborted();
      if (known) failures = 0;
    } catch (error) {
      // Nobody knows what became of it, and the next one must not wait for it.
      if (isRetryable(error) && !signal.aborted) current.session.close();
      throw error;
    }
  }

  function lose(): void {
    if (underWay > 0) return;
    // A broker that takes heartbeats and hangs up each time must not be dialled without a pause.
    failures = Date.now() - openedAt > limits.maxBackoffMillis ? 1 : failures + 1;
    plan();
  }

  async function heartbeat(options: HeartbeatOptions, timeoutMillis: number): Promise<Outcome<void>> {
    const deadline = performance.now() + timeoutMillis;
    const before = turn;
    underWay++;
    const mine = before.then(async () => {
      const outcome = await outcomeOf(target, () => attempt(options, deadline - performance.now()));
      last = outcome;
      underWay--;
      if (!outcome.ok || usable() === undefined) failures++;
      plan();
      return outcome;
    });
    turn = mine;
    const begun = await outcomeOf(target, () => within(before, timeoutMillis, tooLate));
    return begun.ok ? mine : begun;
  }

  function plan(): void {
    clearTimeout(timer);
    // The end of a heartbeat plans the next one.
    if (!isKept || signal.aborted || underWay > 0) return;
    const delayMillis = last?.ok && usable() ? limits.heartbeatPeriodMillis : backoffMillis(failures, limits);
    timer = setTimeout(() => heartbeat({ oneway: false }, limits.timeoutMillis), delayMillis);
  }

  function tooLate(): Fault {
    return new Fault("timeout", `Cannot send a heartbeat to ${target}: the one before took all the time`, { target });
  }

  function end(): void {
    clearTimeout(timer);
    const message = `Cannot send a heartbeat to ${target}: the session is over`;
    if (!signal.aborted) ending.abort(new Fault("unavailable", message, { target }));
  }

  async function leave(timeoutMillis: number): Promise<void> {
    const left = countdown(timeoutMillis);
    let current = usable();
    try {
      current ??= await client.dial(broker, left());
      await sendUnregister(current, spec, left());
    } finally {
      current?.session.close();
      peer?.session.close();
    }
  }

  return {
    get state() {
      const current = usable();
      const nextOpaque = current?.session.nextOpaque ?? AFTER_THE_PROBE;
      return { broker, connected: current !== undefined, last, nextOpaque };
    },
    heartbeat,
    keep() {
      isKept = true;
      plan();
    },
    release(timeoutMillis) {
      end();
      released ??= outcomeOf(target, () => leave(timeoutMillis));
      return released;
    },
    drop() {
      end();
      peer?.session.close();
    },
  };
}
