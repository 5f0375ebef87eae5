import { Int32, Int64, Nullable, Type } from "../schema/types.ts";
import type { HeldSession, SessionResult } from "../sessions/api.ts";
import { Consumer, type SessionSpec } from "../sessions/spec.ts";
import { BrokerResultRow, BrokerResultsOf, fanOutAnswer, resultRow } from "./results.ts";
import type { Answer } from "./route.ts";

const session = {
  id: Type.String({ description: "the session's name in this gateway" }),
  clientId: Type.String({ description: "how brokers know it" }),
  producerGroups: Type.Array(Type.String()),
  consumerGroups: Type.Array(Consumer),
  leaseMillis: Int32("how long it lives that is neither renewed nor listened to, milliseconds"),
  createdAt: Int64("when it was opened, epoch milliseconds"),
  expiresAt: Nullable(
    Int64("when it ends unless it is renewed, epoch milliseconds; null while somebody listens to its events"),
  ),
  listeners: Int32("how many listen to its events"),
};

/** The answer to what was sent to every broker of a session: what each of them said. */
export const SessionTold = BrokerResultsOf(session);

/** A session with how it stands at each broker. */
export const HeldSessionView = Type.Object(
  {
    ...session,
    results: Type.Array(
      Type.Object({
        ...BrokerResultRow.properties,
        elapsedMs: Type.Optional(BrokerResultRow.properties.elapsedMs),
        connected: Type.Boolean({ description: "whether the connection to it is open" }),
      }),
    ),
  },
  { title: "Session", description: "A client of brokers that the gateway stands in for" },
);

/** Where a session is found. */
export function sessionPath(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}

function sessionMembers({ id, spec, expiresAt, listeners }: HeldSession): object {
  const { clientId, producerGroups, consumerGroups, leaseMillis, createdAt }: SessionSpec = spec;
  return { id, clientId, producerGroups, consumerGroups, leaseMillis, createdAt, expiresAt, listeners };
}

/** How a session is shown. */
export function sessionView(held: HeldSession): object {
  const results = held.states.map(({ broker, last, connected }) => {
    const { brokerName, brokerId, address: brokerAddr } = broker;
    const untold = { brokerName, brokerId, brokerAddr, ok: false, code: null, codeName: null, remark: null };
    return { ...(last ? resultRow({ ...last, broker }) : untold), connected };
  });
  return { ...sessionMembers(held), results };
}

/** The answer to what was sent to every broker of a session. */
export function sessionAnswer(result: SessionResult, answer: Partial<Answer> = {}): Answer {
  return fanOutAnswer(result.outcomes, { ...answer, body: sessionMembers(result) });
}
