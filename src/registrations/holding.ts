import type { Client } from "../client/client.ts";
import type { Peer } from "../client/peer.ts";
import { type Outcome, outcomeOf } from "../discovery/outcome.ts";
import type { Limits } from "../limits.ts";
import { formatAddress } from "../transport/address.ts";
import type { Address } from "../transport/socket.ts";
import { V5_0_0 } from "../wire/versions.ts";
import { type RegisterAnswer, type RegisterOptions, sendRegister, sendUnregister } from "./send.ts";
import type { RegistrationSpec } from "./spec.ts";

/** How one registration stands with one name server. */
export interface HoldingState {
  readonly nameServer: string;
  readonly connected: boolean;
  /** How the last attempt ended, null before the first. */
  readonly last: Outcome<RegisterAnswer> | null;
  /** When the name server drops the broker unless it hears of it, epoch milliseconds; null while it isn't registered. */
  readonly expiresAt: number | null;
}

/** One registration at one name server, over a connection of its own. */
export interface Holding {
  readonly state: HoldingState;
  /** Registers now. Attempts follow one another. Never rejects. */
  register(options: RegisterOptions, timeoutMillis: number): Promise<Outcome<RegisterAnswer>>;
  /** From now on registers again in good time, and after every loss. */
  keep(): void;
  /** Unregisters and closes the connection; the holding is over. Never rejects. */
  release(timeoutMillis: number): Promise<Outcome<void>>;
  /** Closes the connection, upon which the name server drops the broker. */
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
  let peer: Peer | undefined;
  /** The connection is open but did not answer in time: the next attempt takes a new one. */
  let isDoubtful = false;
  let isKept = false;
  let isOver = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Outcome<RegisterAnswer> | null = null;
  let expiresAt: number | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  function lifeMillis(): number {
    const asked = spec().heartbeatTimeoutMillis;
    const isHeeded = asked !== undefined && (peer?.version ?? 0) >= V5_0_0;
    return isHeeded ? Number(asked) : limits.brokerExpiryMillis;
  }

  function periodMillis(): number {
    return Math.min(limits.registerPeriodMillis, Number(spec().heartbeatTimeoutMillis ?? Infinity) / 3);
  }

  async function attempt(options: RegisterOptions, timeoutMillis: number): Promise<RegisterAnswer> {
    const deadline = performance.now() + timeoutMillis;
    const current = peer?.session.isOpen && !isDoubtful ? peer : undefined;
    const next = current ?? (await client.dial(address, timeoutMillis));
    try {
      // A connection that takes over must register, even where the server's DataVersion is the same.
      const takesOver = current === undefined && peer !== undefined;
      const left = Math.max(1, deadline - performance.now());
      const answer = await sendRegister(next, spec(), { ...options, force: options.force || takesOver }, left);
      adopt(next);
      return answer;
    } catch (error) {
      isDoubtful = true;
      if (next !== peer) next.session.close();
      throw error;
    }
  }

  function adopt(next: Peer): void {
    const previous = peer;
    peer = next;
    isDoubtful = false;
    expiresAt = Date.now() + lifeMillis();
    if (isOver) next.session.close();
    if (isOver || previous === next) return;
    previous?.session.close();
    next.session.closed.then(() => {
      if (peer !== next || isOver) return;
      expiresAt = null;
      if (isKept) schedule(0);
    });
  }

  function register(options: RegisterOptions, timeoutMillis: number): Promise<Outcome<RegisterAnswer>> {
    const mine = turn.then(async () => {
      const outcome = await outcomeOf(nameServer, () => attempt(options, timeoutMillis));
      last = outcome;
      failures = outcome.ok ? 0 : failures + 1;
      if (isKept && !isOver) schedule(outcome.ok ? periodMillis() : backoffMillis());
      return outcome;
    });
    turn = mine;
    return mine;
  }

  function backoffMillis(): number {
    const doubled = limits.minBackoffMillis * 2 ** Math.min(Math.max(failures - 1, 0), 16);
    return Math.min(doubled, limits.maxBackoffMillis) * (0.5 + Math.random() / 2);
  }

  function schedule(delayMillis: number): void {
    clearTimeout(timer);
    const timeoutMillis = Math.min(limits.registerTimeoutMillis, Math.max(periodMillis(), limits.minHeartbeatMillis));
    timer = setTimeout(() => register({ force, oneway: false }, timeoutMillis), delayMillis);
  }

  function end(): void {
    isOver = true;
    clearTimeout(timer);
    expiresAt = null;
  }

  return {
    get state() {
      return { nameServer, connected: peer?.session.isOpen ?? false, last, expiresAt };
    },
    register,
    keep() {
      isKept = true;
      // The connection may have gone between the attempt and now.
      schedule(last?.ok && peer?.session.isOpen ? periodMillis() : backoffMillis());
    },
    release(timeoutMillis) {
      end();
      return outcomeOf(nameServer, async () => {
        const own = peer?.session.isOpen ? peer : await client.dial(address, timeoutMillis);
        await sendUnregister(own, spec(), timeoutMillis).finally(() => own.session.close());
      });
    },
    drop() {
      end();
      peer?.session.close();
    },
  };
}
