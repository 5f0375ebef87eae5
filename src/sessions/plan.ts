import type { Client, Preview } from "../client/client.ts";
import { heartBeat } from "../commands/heart-beat.ts";
import { unregisterClient } from "../commands/unregister-client.ts";
import { formatAddress } from "../transport/address.ts";
import type { HeldSession, Sessions } from "./api.ts";
import { heartbeatOf } from "./heartbeat.ts";
import { AFTER_THE_PROBE, type SessionBroker } from "./link.ts";
import type { LinkOutcome } from "./links.ts";
import { departures } from "./send.ts";
import type { SessionSpec } from "./spec.ts";

/**
 * The same sessions, but what would change something is only planned: `onPlan` hears of each request that would be
 * sent, and every broker is taken to accept it.
 */
export function planSessions(
  sessions: Sessions,
  preview: Client["preview"],
  onPlan: (preview: Preview) => void,
): Sessions {
  async function planHeartbeats(spec: SessionSpec, links: readonly PlannedLink[], oneway: boolean) {
    const body = heartbeatOf(spec);
    for (const { broker, nextOpaque: opaque } of links) {
      onPlan(await preview(broker, heartBeat, () => ({ body }), { oneway, opaque }));
    }
    return links.map(({ broker }) => planned(broker));
  }

  /** As {@link import("./send.ts").sendUnregister} sends them: one behind the other. */
  async function planDepartures({ spec, states }: HeldSession) {
    for (const { broker, nextOpaque } of states) {
      for (const [at, values] of departures(spec).entries()) {
        onPlan(await preview(broker, unregisterClient, () => values, { opaque: nextOpaque + at }));
      }
    }
    return states.map(({ broker }) => planned(broker));
  }

  return {
    ...sessions,
    async open(input, { oneway }) {
      const { spec, brokers } = await sessions.prepare(input);
      const links = brokers.map((broker) => ({ broker, nextOpaque: AFTER_THE_PROBE }));
      const outcomes = await planHeartbeats(spec, links, oneway);
      return { id: "-", spec, expiresAt: null, listeners: 0, states: [], outcomes };
    },
    async renew(id, { oneway }) {
      const session = sessions.get(id);
      return { ...session, outcomes: await planHeartbeats(session.spec, session.states, oneway) };
    },
    release: async (id) => planDepartures(sessions.get(id)),
  };
}

interface PlannedLink {
  readonly broker: SessionBroker;
  readonly nextOpaque: number;
}

function planned(broker: SessionBroker): LinkOutcome {
  return { broker, target: formatAddress(broker), elapsedMillis: 0, ok: true, value: undefined };
}
