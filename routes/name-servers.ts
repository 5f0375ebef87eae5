import { deleteTopicInNamesrv } from "../src/commands/delete-topic-in-namesrv.ts";
import { getKvConfig } from "../src/commands/get-kv-config.ts";
import type { NameServers } from "../src/discovery/name-servers.ts";
import { Fault } from "../src/errors.ts";
import { NameServersHealth, nameServersHealth } from "../src/http/name-server-health.ts";
import { nameServersAt } from "../src/http/name-server-target.ts";
import { fanOutAnswer, ResultsOf } from "../src/http/results.ts";
import { answer, del, get } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";
import { versionName } from "../src/wire/version-names.ts";
import { V4_9_7 } from "../src/wire/versions.ts";

const clusterName = Type.Optional(Type.String({ description: "cluster name" }));
const Deleted = ResultsOf({ topic: Type.String({ description: "topic name" }), clusterName });

/** Throws `not-supported` where a name server would overlook the cluster and forget the topic in all of them. */
async function mustKnowClusters(nameServers: NameServers): Promise<void> {
  for (const outcome of await nameServers.versions()) {
    if (!outcome.ok || outcome.value >= V4_9_7) continue;
    const reason = `${outcome.target} is of version ${versionName(outcome.value)} and would delete it in all`;
    throw new Fault("not-supported", `Cannot delete a topic in one cluster: ${reason}`, {
      target: outcome.target,
      hint: "Leave ?cluster= out to delete it in all clusters.",
    });
  }
}

export const nameServers = [
  get("/name-servers", {
    summary: "How each configured name server is",
    calls: [getKvConfig],
    answers: { 200: answer("a row for each, also for one that can't be reached", NameServersHealth) },
    handle: async (_request, { nameServers }) => nameServersHealth(await nameServers.versions()),
  }),

  del("/name-servers/{nameServer}/topics/{topic}", {
    summary: "Make a name server, or all of them, forget the route of a topic",
    calls: [deleteTopicInNamesrv, getKvConfig],
    query: {
      cluster: Type.Optional(Type.String({ description: "only in this cluster; since 4.9.7", minLength: 1 })),
    },
    answers: { 200: answer("none of them has it any more", Deleted), 207: answer("some may have", Deleted) },
    problems: {
      404: "no name server is configured under that address",
      501: "a name server is too old to delete a topic in one cluster only",
    },
    async handle({ params: { nameServer, topic }, query: { cluster } }, services) {
      const targets = nameServersAt(services.nameServers, nameServer);
      if (cluster !== undefined) await mustKnowClusters(targets);
      const values = { topic, ...(cluster !== undefined && { clusterName: cluster }) };
      return fanOutAnswer(await targets.all(deleteTopicInNamesrv, values), { body: values });
    },
  }),
];
