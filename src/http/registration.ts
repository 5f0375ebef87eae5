import { KvTable } from "../body/kv-table.ts";
import { TopicConfigSerializeWrapper } from "../body/topic-config.ts";
import { firstAnswer } from "../discovery/outcome.ts";
import type { RegisterResult, Registration } from "../registrations/registrations.ts";
import type { RegisterAnswer } from "../registrations/send.ts";
import { BrokerIdentity, RegistrationInput, type RegistrationSpec } from "../registrations/spec.ts";
import { Int64, Nullable, Type } from "../schema/types.ts";
import { fanOutAnswer, ResultRow, ResultsOf, resultRow } from "./results.ts";
import type { Answer } from "./route.ts";

const id = Type.String({ description: "the registration's name in this gateway" });
const expiresAt = Nullable(
  Int64("when the name server drops the broker unless it hears of it, epoch milliseconds; null while it has it not"),
);
const told = {
  masterAddr: Nullable(Type.String({ description: "the master's address, told to slaves" })),
  haServerAddr: Nullable(Type.String({ description: "the master's address for replication, told to slaves" })),
  kvTable: Nullable(KvTable),
};
const toldRow = {
  ...told,
  needRegister: Type.Optional(Type.Boolean({ description: "with force:false, whether the DataVersion differed" })),
};

/** The answer to a registration: what each name server said, and on top what the first one did. */
export const Registered = ResultsOf(
  {
    id,
    ...BrokerIdentity.properties,
    held: Type.Boolean({ description: "whether the gateway keeps it registered" }),
    endsAt: Type.Optional(Int64("when one that isn't held ends, epoch milliseconds")),
    ends: Type.Optional(Type.String({ description: "the same in words" })),
    ...told,
  },
  { ...toldRow, expiresAt },
);

const spec = {
  id,
  ...RegistrationInput.properties,
  topicConfigSerializeWrapper: TopicConfigSerializeWrapper,
  filterServerList: Type.Array(Type.String()),
};

/** A held registration with how it stands at each name server. */
export const HeldRegistration = Type.Object({
  ...spec,
  results: Type.Array(
    Type.Object({
      ...Type.Partial(ResultRow).properties,
      ...Type.Partial(Type.Object(toldRow)).properties,
      connected: Type.Boolean({ description: "whether the connection to it is open" }),
      expiresAt,
    }),
  ),
});

/** The answer to a change of a held registration. */
export const ChangedRegistration = ResultsOf(
  {
    ...spec,
    staleTopics: Type.Array(Type.String(), { description: "topics left out, whose routes name servers keep" }),
    deletedTopics: Type.Optional(Type.Array(Type.Object({ topic: Type.String(), ...ResultRow.properties }))),
  },
  toldRow,
);

/** Where a held registration is found. */
export function registrationPath(id: string): string {
  return `/brokers/registrations/${encodeURIComponent(id)}`;
}

/** What one name server said to a registration. */
export function registrationRow({ masterAddr, haServerAddr, kvTable, needRegister }: RegisterAnswer): object {
  return { masterAddr, haServerAddr, kvTable, ...(needRegister !== null && { needRegister }) };
}

/** The answer to POST /brokers/register. */
export function registeredAnswer(result: RegisterResult): Answer {
  const { id, spec, isHeld, isNew, outcomes, states } = result;
  const { clusterName, brokerName, brokerAddr, brokerId } = spec;
  const { masterAddr = null, haServerAddr = null, kvTable = null } = firstAnswer(outcomes) ?? {};
  const expiry = new Map(states.map(({ nameServer, expiresAt }) => [nameServer, expiresAt]));
  const registered = { id, clusterName, brokerName, brokerAddr, brokerId, held: isHeld, ...endOf(result) };
  const answer = {
    status: isNew ? 201 : 200,
    headers: { location: locationOf(result) },
    body: { ...registered, masterAddr, haServerAddr, kvTable },
  };
  return fanOutAnswer(outcomes, answer, (value, nameServer) => ({
    ...registrationRow(value),
    expiresAt: expiry.get(nameServer) ?? null,
  }));
}

/** Where what was made can be found: the registration while it is held, else the broker. */
function locationOf({ id, isHeld, spec }: RegisterResult): string {
  return isHeld ? registrationPath(id) : `/brokers/${encodeURIComponent(spec.brokerName)}`;
}

/** When a registration that isn't held will end. */
function endOf({ isHeld, states }: RegisterResult): object {
  if (isHeld) return {};
  const endsAt = Math.max(...states.map(({ expiresAt }) => expiresAt ?? 0));
  return { endsAt, ends: "It is not held: the name servers drop it at endsAt, or when the gateway stops before that." };
}

/** What was registered, as the caller stated it with the defaults filled in. */
export function registeredSpec(id: string, spec: RegistrationSpec): object {
  const { clusterName, brokerName, brokerAddr, brokerId, ...rest } = spec;
  return { id, clusterName, brokerName, brokerAddr, brokerId, ...rest };
}

/** How a held registration is shown. */
export function registrationView({ id, spec, states }: Registration): object {
  const results = states.map(({ nameServer, last, connected, expiresAt }) => {
    const row = last
      ? resultRow(last, registrationRow)
      : { nameServer, ok: false, code: null, codeName: null, remark: null };
    return { ...row, connected, expiresAt };
  });
  return { ...registeredSpec(id, spec), results };
}
