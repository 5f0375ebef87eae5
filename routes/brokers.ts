import { DataVersion } from "../src/body/topic-config.ts";
import { queryDataVersion } from "../src/commands/query-data-version.ts";
import { registerBroker } from "../src/commands/register-broker.ts";
import { unregisterBroker } from "../src/commands/unregister-broker.ts";
import { firstAnswer } from "../src/discovery/outcome.ts";
import { Fault } from "../src/errors.ts";
import { needRegistrations } from "../src/http/needs.ts";
import { registrationPath, registrationRow } from "../src/http/registration.ts";
import { fanOutAnswer } from "../src/http/results.ts";
import { json, post } from "../src/http/route.ts";
import { limits } from "../src/limits.ts";
import type { RegisterResult } from "../src/registrations/registrations.ts";
import { BrokerIdentity, RegistrationInput, registrationId } from "../src/registrations/spec.ts";
import { Int32, Type } from "../src/schema/types.ts";

const timeoutMillis = Type.Optional(
  Int32("how long to wait for each name server, milliseconds", { minimum: 1, maximum: limits.maxTimeoutMillis }),
);

const RegisterBody = Type.Object(
  {
    ...RegistrationInput.properties,
    hold: Type.Optional(Type.Boolean({ description: "keep it registered until it is deleted, default true" })),
    force: Type.Optional(
      Type.Boolean({ description: "default true; false registers only where the DataVersion differs" }),
    ),
    timeoutMillis,
  },
  { additionalProperties: false },
);

const UnregisterBody = Type.Object({ ...BrokerIdentity.properties, timeoutMillis }, { additionalProperties: false });

const DataVersionBody = Type.Object(
  { ...BrokerIdentity.properties, dataVersion: Type.Optional(DataVersion), timeoutMillis },
  { additionalProperties: false },
);

const oneway = Type.Optional(Type.Boolean({ description: "send and don't wait for answers" }));

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

export const brokers = [
  post("/brokers/register", {
    summary: "Register a broker with every name server, and hold it",
    calls: [registerBroker, queryDataVersion],
    query: { oneway },
    body: json(RegisterBody),
    answers: {
      200: "it was held already, and is registered again",
      201: "every name server took it",
      202: "sent one-way",
      207: "some took it; it is held, and the others are tried again",
    },
    check: needRegistrations,
    async handle({ query, body }, services) {
      const { hold = true, force = true, timeoutMillis = services.limits.registerTimeoutMillis, ...input } = body;
      const isOneway = query.oneway ?? false;
      const request = { hold, force, oneway: isOneway, timeoutMillis };
      const result = await needRegistrations(services).register(input, request);
      const { id, spec, isHeld, isNew, outcomes, states } = result;
      const { clusterName, brokerName, brokerAddr, brokerId } = spec;
      const { masterAddr = null, haServerAddr = null, kvTable = null } = firstAnswer(outcomes) ?? {};
      const registered = { id, clusterName, brokerName, brokerAddr, brokerId, held: isHeld, ...endOf(result) };
      const expiry = new Map(states.map(({ nameServer, expiresAt }) => [nameServer, expiresAt]));
      const answer = {
        status: isOneway ? 202 : isNew ? 201 : 200,
        headers: { location: locationOf(result) },
        body: { ...registered, masterAddr, haServerAddr, kvTable },
      };
      return fanOutAnswer(outcomes, answer, (value, nameServer) => ({
        ...registrationRow(value, isOneway),
        expiresAt: expiry.get(nameServer) ?? null,
      }));
    },
  }),

  post("/brokers/unregister", {
    summary: "Unregister a broker that the gateway doesn't hold from every name server",
    calls: [unregisterBroker],
    body: json(UnregisterBody),
    answers: { 200: "no name server has it any more", 207: "some have not answered" },
    async handle({ body: { timeoutMillis, ...broker } }, { nameServers, registrations }) {
      const id = registrationId(broker);
      if (registrations?.has(id)) {
        throw new Fault("conflict", `Cannot unregister ${id}: the gateway holds it and would register it again`, {
          hint: `DELETE ${registrationPath(id)}`,
        });
      }
      return fanOutAnswer(await nameServers.all(unregisterBroker, broker, timeoutMillis), { body: broker });
    },
  }),

  post("/brokers/data-version", {
    summary: "Whether each name server's DataVersion of a broker differs",
    calls: [queryDataVersion],
    body: json(DataVersionBody),
    answers: { 200: "every name server answered", 207: "some did" },
    async handle({ body: { timeoutMillis, dataVersion, ...broker } }, { nameServers }) {
      const values = dataVersion ? { ...broker, body: dataVersion } : broker;
      const outcomes = await nameServers.all(queryDataVersion, values, timeoutMillis);
      const needRegister = outcomes.some((outcome) => outcome.ok && outcome.value.header.changed !== false);
      return fanOutAnswer(outcomes, { body: { needRegister } }, ({ header, body }) => ({
        needRegister: header.changed ?? true,
        dataVersion: body,
      }));
    },
  }),
];
