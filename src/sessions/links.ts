import type { Client } from "../client/client.ts";
import type { Outcome } from "../client/outcome.ts";
import type { Limits } from "../limits.ts";
import type { RequestHandler } from "../session/session.ts";
import { createLink, type Link, type LinkState, type SessionBroker } from "./link.ts";
import type { HeartbeatOptions } from "./send.ts";
import type { SessionSpec } from "./spec.ts";

/** What came of asking one broker. */
export type LinkOutcome = Outcome<void> & { readonly broker: SessionBroker };

/** One session at every broker that it involves. */
export interface Links {
  readonly states: readonly LinkState[];
  /** Brokers that come are linked; those that stay away are let go of after a while. None at all counts for nothing. */
  follow(brokers: readonly SessionBroker[]): void;
  /** Sends a heartbeat to all of them at the same time. Never rejects. */
  heartbeat(options: HeartbeatOptions, timeoutMillis: number): Promise<LinkOutcome[]>;
  keep(): void;
  release(timeoutMillis: number): Promise<LinkOutcome[]>;
  drop(): void;
}

export interface LinksOptions {
  readonly client: Pick<Client, "dial">;
  readonly limits: Limits;
  readonly spec: SessionSpec;
  /** Answers what a broker asks. */
  readonly onRequest: (broker: SessionBroker) => RequestHandler;
}

interface Followed {
  readonly broker: SessionBroker;
  readonly link: Link;
  /** When it was last among those to follow, as performance.now(). */
  seenAt: number;
}

export function createLinks({ client, limits, spec, onRequest }: LinksOptions): Links {
  const links = new Map<string, Followed>();
  let isKept = false;

  function add(key: string, broker: SessionBroker): void {
    const link = createLink({ broker, client, limits, spec, onRequest: onRequest(broker) });
    links.set(key, { broker, link, seenAt: performance.now() });
    if (!isKept) return;
    link.heartbeat({ oneway: false }, limits.timeoutMillis);
    link.keep();
  }

  function atAll(ask: (link: Link) => Promise<Outcome<void>>): Promise<LinkOutcome[]> {
    return Promise.all([...links.values()].map(async ({ broker, link }) => ({ ...(await ask(link)), broker })));
  }

  return {
    get states() {
      return [...links.values()].map(({ link }) => link.state);
    },
    follow(brokers) {
      // A name server that has just started knows of no broker for a while.
      if (brokers.length === 0) return;
      const now = performance.now();
      for (const broker of brokers) {
        const key = keyOf(broker);
        const known = links.get(key);
        if (known) known.seenAt = now;
        else add(key, broker);
      }
      for (const [key, { link, seenAt }] of links) {
        if (now - seenAt < limits.goneBrokerMillis) continue;
        links.delete(key);
        link.release(limits.timeoutMillis);
      }
    },
    heartbeat: (options, timeoutMillis) => atAll((link) => link.heartbeat(options, timeoutMillis)),
    keep() {
      isKept = true;
      for (const { link } of links.values()) link.keep();
    },
    release: (timeoutMillis) => atAll((link) => link.release(timeoutMillis)),
    drop() {
      for (const { link } of links.values()) link.drop();
    },
  };
}

/** A broker that moved, or was given another name, is another one. */
function keyOf({ brokerName, brokerId, host, port }: SessionBroker): string {
  return JSON.stringify([brokerName, String(brokerId), host, port]);
}
