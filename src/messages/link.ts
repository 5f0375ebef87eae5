import { backoffMillis } from "../client/backoff.ts";
import type { Client } from "../client/client.ts";
import type { Peer } from "../client/peer.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import { Fault, reasonOf } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { pause } from "./pause.ts";

/** The connection of one stream to one broker: it has its own, so that what is held there ends with it. */
export interface Link {
  /** Where the broker is. A new address counts from the next connection on. */
  target: BrokerTarget;
  /** The connection, opened where there is none, after a pause where that failed before; null where it fails again. */
  peer(): Promise<Peer | null>;
  /** It answered. */
  works(): void;
  /** It didn't: the connection is of no use any more. */
  lose(peer: Peer, reason: unknown): void;
  readonly isAway: boolean;
  /** Closes the connection; the next `peer` opens another one. */
  close(): void;
}

export interface LinkOptions {
  readonly target: BrokerTarget;
  readonly client: Pick<Client, "dial">;
  readonly limits: Pick<Limits, "connectTimeoutMillis" | "minBackoffMillis" | "maxBackoffMillis">;
  /** Aborted when the stream is over. */
  readonly signal: AbortSignal;
  readonly say: (note: string) => void;
}

export function createLink({ target, client, limits, signal, say }: LinkOptions): Link {
  const { brokerName } = target;
  let current: Peer | undefined;
  let opening: Promise<Peer | null> | undefined;
  let failures = 0;

  function fail(reason: unknown): void {
    failures++;
    if (failures === 1 && !signal.aborted) say(`broker ${brokerName} is away: ${reasonOf(reason)}`);
  }

  async function open(): Promise<Peer | null> {
    if (failures > 0) await pause(backoffMillis(failures, limits), signal);
    if (signal.aborted) return null;
    try {
      const peer = await client.dial(link.target, limits.connectTimeoutMillis, signal);
      current = peer;
      // The end may have come in the moment in which it opened.
      if (signal.aborted) drop();
      return signal.aborted ? null : peer;
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof Fault) || error.fault === "internal") throw error;
      fail(error);
      return null;
    }
  }

  function drop(): void {
    current?.session.close();
    current = undefined;
  }

  signal.addEventListener("abort", drop);
  const link: Link = {
    target,
    async peer() {
      if (current?.session.isOpen) return current;
      opening ??= open().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    works() {
      if (failures > 0) say(`broker ${brokerName} is back`);
      failures = 0;
    },
    lose(peer, reason) {
      // Every queue of the broker tells of the same loss.
      if (peer !== current) return;
      drop();
      fail(reason);
    },
    get isAway() {
      return failures > 0;
    },
    close: drop,
  };
  return link;
}
