import type { Client } from "../client/client.ts";
import { countdown, within } from "../client/deadline.ts";
import type { Peer } from "../client/peer.ts";
import { type Outcome, outcomeOf } from "../discovery/outcome.ts";
import { Fault, isRetryable } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { formatAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";
import { type RegisterAnswer, type RegisterOptions, sendRegister, sendUnregister } from "./send.ts";
import type { RegistrationSpec } from "./spec.ts";
import { backoffMillis, lifeMillis, periodMillis, refreshTimeoutMillis } from "./timing.ts";

/** A new connection's first request asks for the version, so what follows is the second. */
export const AFTER_THE_PROBE = 2;

/** How one registration stands with one name server. */
export interface HoldingState {
  readonly nameServer: string;
  readonly connected: boolean;
  /** How the last attempt ended, null before the first. */
  readonly last: Outcome<RegisterAnswer> | null;
  /** When the name server drops the broker unless it hears of it, epoch milliseconds; null while it isn't registered. */
  readonly expiresAt: number | null;
  /** The opaque of its next request. */
  readonly nextOpaque: number;
}

/** One registration at one name server, over a connection of its own. */
export interface Holding {
  readonly state: HoldingState;
  /** Registers now. Attempts follow one another, and waiting for one's turn takes of the own time. Never rejects. */
  register(options: RegisterOptions, timeoutMillis: number): Promise<Outcome<RegisterAnswer>>;
  /** From now on registers again in good time, and after every loss. */
  keep(): void;
  /** Unregisters and closes the connection; the holding is over. Never rejects. Idempotent. */
  release(timeoutMillis: number): Promise<Outcome<void>>;
  /** Closes the connection, upon which the name server drops the broker; the holding is over. Idempotent. */
  drop(): void;
}

export interface HoldingOptions {
  readonly address: Address;
  readonly client: Pick<Client, "dial">;
  readonly limits: Limits;
  /** What to register; read at every attempt. */
  readonly spec: () => RegistrationSpec;
  /** Whether refreshes register without asking first. */
  readonly force: boolean;
}

/**
 * A name server drops one broker, and only one, when a connection closes, and knows a broker by the connection of its
 * last registration. So each holding has its own, and a new connection registers before the old one is closed.
 */
export function createHolding({ address, client, limits, spec, force }: HoldingOptions): Holding {
  const nameServer = formatAddress(address);
  /** Aborted when the holding is over: no step of an attempt follows then. */
  const ending = new AbortController();
  const { signal } = ending;
  /** The connection of the last registration that was taken. */
  let peer: Peer | undefined;
  /** One that is about to follow it. */
  let successor: Peer | undefined;
  /** The connection is open but failed a refresh: the next attempt takes a new one. */
  let isDoubtful = false;
  let isKept = false;
  let underWay = 0;
  let opened = 0;
  let failures = 0;
  let openedAt = 0;
  let registeredAt: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Outcome<RegisterAnswer> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let released: Promise<Outcome<void>> | undefined;

  function usable(): Peer | undefined {
    return peer?.session.isOpen && !isDoubtful ? peer : undefined;
  }

  function expiresAt(): number | null {
    if (registeredAt === null) return null;
    const at = registeredAt + lifeMillis(spec(), peer?.version, isKept, limits);
    return at > Date.now() ? at : null;
  }

  async function open(timeoutMillis: number): Promise<Peer> {
    const next = await client.dial(address, timeoutMillis, signal);
    // The end may have come in the moment in which it opened, and knows only of the successor.
    if (signal.aborted) next.session.close();
    signal.throwIfAborted();
    successor = next;
    opened++;
    return next;
  }

  async function attempt(options: RegisterOptions, timeoutMillis: number): Promise<RegisterAnswer> {
    signal.throwIfAborted();
    if (timeoutMillis <= 0) throw tooLate();
    const left = countdown(timeoutMillis);
    const known = usable();
    const next = known ?? (await open(left()));
    try {
      // One that follows another must register: what the server knows may go with the one before.
      const takesOver = next !== known && opened > 1;
      const answer = await sendRegister(
        next,
        spec(),
        { ...options, signal, force: options.force || takesOver },
        left(),
      );
      signal.throwIfAborted();
      adopt(next);
      return answer;
    } catch (error) {
      if (next === known) isDoubtful ||= isRetryable(error);
      else if (!signal.aborted) next.session.close();
      throw error;
    } finally {
      if (next !== known) successor = undefined;
    }
  }

  function adopt(next: Peer): void {
    const previous = peer;
    peer = next;
    isDoubtful = false;
    registeredAt = Date.now();
    if (previous === next) {
      failures = 0;
      return;
    }
    openedAt = registeredAt;
    previous?.session.close();
    next.session.closed.then(() => {
      if (peer === next) lose();
    });
  }

  function lose(): void {
    registeredAt = null;
    if (underWay > 0) return;
    // A server that takes registrations and hangs up each time must not be dialled without a pause.
    failures = Date.now() - openedAt > limits.maxBackoffMillis ? 1 : failures + 1;
    plan();
  }

  async function register(options: RegisterOptions, timeoutMillis: number): Promise<Outcome<RegisterAnswer>> {
    const deadline = performance.now() + timeoutMillis;
    const before = turn;
    underWay++;
    const mine = before.then(async () => {
      const outcome = await outcomeOf(nameServer, () => attempt(options, deadline - performance.now()));
      last = outcome;
      underWay--;
      if (!outcome.ok || usable() === undefined) failures++;
      plan();
      return outcome;
    });
    turn = mine;
    const begun = await outcomeOf(nameServer, () => within(before, timeoutMillis, tooLate));
    return begun.ok ? mine : begun;
  }

  function plan(): void {
    clearTimeout(timer);
    // The end of an attempt plans the next one.
    if (!isKept || signal.aborted || underWay > 0) return;
    const delayMillis = last?.ok && usable() ? periodMillis(spec(), limits) : backoffMillis(failures, limits);
    timer = setTimeout(() => register({ force, oneway: false }, refreshTimeoutMillis(spec(), limits)), delayMillis);
  }

  function tooLate(): Fault {
    const message = `Cannot register with ${nameServer}: the attempt before took all the time`;
    return new Fault("timeout", message, { target: nameServer });
  }

  function end(): void {
    clearTimeout(timer);
    registeredAt = null;
    const message = `Cannot register with ${nameServer}: the registration is being released`;
    if (!signal.aborted) ending.abort(new Fault("unavailable", message, { target: nameServer }));
  }

  /** Over the connection whose registration is the last one: behind it, and where the server expects it. */
  async function unregister(timeoutMillis: number): Promise<void> {
    const left = countdown(timeoutMillis);
    const connections = [successor ?? usable(), peer];
    try {
      connections[0] ??= await client.dial(address, left());
      await sendUnregister(connections[0], spec(), left());
    } finally {
      for (const each of connections) each?.session.close();
    }
  }

  return {
    get state() {
      const connected = peer?.session.isOpen ?? false;
      const nextOpaque = usable()?.session.nextOpaque ?? AFTER_THE_PROBE;
      return { nameServer, connected, last, expiresAt: expiresAt(), nextOpaque };
    },
    register,
    keep() {
      isKept = true;
      plan();
    },
    release(timeoutMillis) {
      end();
      released ??= outcomeOf(nameServer, () => unregister(timeoutMillis));
      return released;
    },
    drop() {
      end();
      successor?.session.close();
      peer?.session.close();
    },
  };
}
