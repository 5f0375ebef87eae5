import { accepted } from "../client/accepted.ts";
import { countdown } from "../client/deadline.ts";
import type { Peer } from "../client/peer.ts";
import { heartBeat } from "../commands/heart-beat.ts";
import { unregisterClient } from "../commands/unregister-client.ts";
import { heartbeatOf } from "./heartbeat.ts";
import type { SessionSpec } from "./spec.ts";

export interface HeartbeatOptions {
  /** Waits for no answer; a refusal goes unheard. */
  readonly oneway: boolean;
  /** Once it is aborted nothing more is sent. */
  readonly signal?: AbortSignal;
}

/**
 * Tells a broker who the client is and what it does, within the deadline. Rejects when the broker doesn't take it. A
 * broker keeps the version that a client's first heartbeat came with, and asks it less when that is an old one: so the
 * broker's own is learned before.
 */
export async function sendHeartbeat(
  peer: Peer,
  spec: SessionSpec,
  { oneway, signal }: HeartbeatOptions,
  timeoutMillis: number,
): Promise<void> {
  const left = countdown(timeoutMillis);
  await peer.identify(left(), signal);
  const values = { body: heartbeatOf(spec) };
  if (oneway) return peer.oneway(heartBeat, values, left(), signal);
  accepted(heartBeat, await peer.call(heartBeat, values, left(), signal), peer.session.remote);
}

/** What takes a session out of its groups: a request for each. */
export function departures({ clientId: clientID, producerGroups, consumerGroups }: SessionSpec) {
  const groups = [...new Set(consumerGroups.map(({ group }) => group))];
  return [
    ...producerGroups.map((producerGroup) => ({ clientID, producerGroup })),
    ...groups.map((consumerGroup) => ({ clientID, consumerGroup })),
  ];
}

/** Takes the client out of all its groups at a broker. Rejects when one of them can't be left. */
export async function sendUnregister(peer: Peer, spec: SessionSpec, timeoutMillis: number): Promise<void> {
  const left = countdown(timeoutMillis);
  const leave = async (values: ReturnType<typeof departures>[number]) =>
    accepted(unregisterClient, await peer.call(unregisterClient, values, left()), peer.session.remote);
  await Promise.all(departures(spec).map(leave));
}
