import { DataVersion } from "../src/body/topic-config.ts";
import { queryDataVersion } from "../src/commands/query-data-version.ts";
import { registerBroker } from "../src/commands/register-broker.ts";
import { unregisterBroker } from "../src/commands/unregister-broker.ts";
import { Fault } from "../src/errors.ts";
import { isQuorum, mannerQuery } from "../src/http/manner.ts";
import { needRegistrations } from "../src/http/needs.ts";
import { Registered, registeredAnswer, registrationPath } from "../src/http/registration.ts";
import { fanOutAnswer, ResultsOf } from "../src/http/results.ts";
import { answer, json, post } from "../src/http/route.ts";
import { limits } from "../src/limits.ts";
import { BrokerIdentity, RegistrationInput, registrationId } from "../src/registrations/spec.ts";
import { Int32, Nullable, Type } from "../src/schema/types.ts";

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

const Unregistered = ResultsOf(BrokerIdentity.properties);

const DataVersions = ResultsOf(
  { needRegister: Type.Boolean({ description: "whether any name server's differs" }) },
  { needRegister: Type.Boolean(), dataVersion: Nullable(DataVersion) },
);

export const brokers = [
  post("/brokers/register", {
    summary: "Register a broker with every name server, and hold it",
    calls: [registerBroker, queryDataVersion],
    query: mannerQuery,
    body: json(RegisterBody),
    answers: {
      200: answer("it was held already, and is registered again", Registered),
      201: answer("every name server took it", Registered),
      207: answer("some took it; it is held, and the others are tried again", Registered),
    },
    problems: { 409: "it is held already and was to be registered once, or another is held at its address" },
    check: needRegistrations,
    async handle({ query: { oneway = false, quorum }, body }, services) {
      const { hold = true, force = true, timeoutMillis = services.limits.registerTimeoutMillis, ...input } = body;
      const isEnough = (ok: number, all: number) => (quorum === undefined ? ok > 0 : isQuorum(quorum, ok, all));
      const request = { hold, force, oneway, timeoutMillis, isEnough };
      return registeredAnswer(await needRegistrations(services).register(input, request));
    },
  }),

  post("/brokers/unregister", {
    summary: "Unregister a broker that the gateway doesn't hold from every name server",
    calls: [unregisterBroker],
    body: json(UnregisterBody),
    answers: {
      200: answer("no name server has it any more", Unregistered),
      207: answer("some may have", Unregistered),
    },
    problems: { 409: "the gateway holds it, and would register it again" },
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
    answers: { 200: answer("every name server answered", DataVersions), 207: answer("some did", DataVersions) },
    access: "read",
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
