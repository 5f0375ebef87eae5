import { deleteTopicInNamesrv } from "../src/commands/delete-topic-in-namesrv.ts";
import { registerBroker } from "../src/commands/register-broker.ts";
import { unregisterBroker } from "../src/commands/unregister-broker.ts";
import type { NameServers } from "../src/discovery/name-servers.ts";
import { ListOf } from "../src/http/list.ts";
import { needRegistrations } from "../src/http/needs.ts";
import {
  ChangedRegistration,
  HeldRegistration,
  registeredSpec,
  registrationRow,
  registrationView,
} from "../src/http/registration.ts";
import { fanOutAnswer, ResultsOf, resultRow } from "../src/http/results.ts";
import { answer, del, get, json, put } from "../src/http/route.ts";
import { RegistrationChange } from "../src/registrations/spec.ts";
import { Type } from "../src/schema/types.ts";

const Released = ResultsOf({ id: Type.String() });

/** Makes every name server forget the topics within the cluster; a server that fails says so in its rows. */
async function deleteTopics(nameServers: NameServers, topics: readonly string[], clusterName: string) {
  const deleted = topics.map(async (topic) => {
    const outcomes = await nameServers.all(deleteTopicInNamesrv, { topic, clusterName });
    return outcomes.map((outcome) => ({ topic, ...resultRow(outcome) }));
  });
  return (await Promise.all(deleted)).flat();
}

export const registrations = [
  get("/brokers/registrations", {
    summary: "The registrations that this gateway holds",
    answers: { 200: answer("what is held", ListOf(HeldRegistration)) },
    check: needRegistrations,
    handle: (_request, services) => {
      const data = needRegistrations(services).list().map(registrationView);
      return { status: 200, body: { data, next: null } };
    },
  }),

  get("/brokers/registrations/{id}", {
    summary: "A held registration, with how it stands at each name server",
    answers: { 200: answer("the registration", HeldRegistration) },
    check: needRegistrations,
    handle: ({ params }, services) => {
      return { status: 200, body: registrationView(needRegistrations(services).get(params.id)) };
    },
  }),

  put("/brokers/registrations/{id}", {
    summary: "Replace the topics of a held registration and register at once",
    calls: [registerBroker, deleteTopicInNamesrv],
    query: {
      deleteStale: Type.Optional(
        Type.Boolean({ description: "make the name servers forget, cluster-wide, the topics left out" }),
      ),
    },
    body: json(RegistrationChange),
    answers: {
      200: answer("every name server took it", ChangedRegistration),
      207: answer("some did", ChangedRegistration),
    },
    problems: { 409: "the body names another broker, or another is held at its address" },
    check: needRegistrations,
    async handle({ params: { id }, query, body }, services) {
      const change = await needRegistrations(services).change(id, body, services.limits.registerTimeoutMillis);
      const { spec, outcomes, staleTopics } = change;
      const isDeleting = query.deleteStale === true && outcomes.some(({ ok }) => ok);
      const deletedTopics = isDeleting
        ? await deleteTopics(services.nameServers, staleTopics, spec.clusterName)
        : undefined;
      const status = deletedTopics?.some(({ ok }) => !ok) ? 207 : 200;
      const changed = { ...registeredSpec(id, spec), staleTopics, deletedTopics };
      return fanOutAnswer(outcomes, { status, body: changed }, registrationRow);
    },
  }),

  del("/brokers/registrations/{id}", {
    summary: "Unregister a held broker from every name server and let go of it",
    calls: [unregisterBroker],
    answers: {
      200: answer("every name server was told", Released),
      207: answer("some could not be told; they drop it with its connection", Released),
    },
    check: needRegistrations,
    async handle({ params: { id } }, services) {
      return fanOutAnswer(await needRegistrations(services).release(id, services.limits.timeoutMillis), {
        body: { id },
      });
    },
  }),
];
