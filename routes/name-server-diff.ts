import { ORDER_TOPIC_CONFIG } from "../src/body/kv-table.ts";
import { getAllTopicListFromNameserver } from "../src/commands/get-all-topic-list-from-nameserver.ts";
import { getBrokerClusterInfo } from "../src/commands/get-broker-cluster-info.ts";
import { getKvListByNamespace } from "../src/commands/get-kv-list-by-namespace.ts";
import { getRouteInfoByTopic } from "../src/commands/get-route-info-by-topic.ts";
import { type Outcome, outcomeOf } from "../src/discovery/outcome.ts";
import { type RouteSurvey, type Survey, sharedTopics, survey, withRoutes } from "../src/discovery/survey.ts";
import { generalRows, NameServerDiff, routeRows } from "../src/http/name-server-diff.ts";
import { fanOutAnswer } from "../src/http/results.ts";
import { answer, get } from "../src/http/route.ts";
import { Int32, Type } from "../src/schema/types.ts";

/** Each namespace is a request more to every name server. */
const MAX_NAMESPACES = 100;
/** Each topic is a request more to every name server, and they all go out at once. */
const TOPICS_PER_PAGE = 100;
const MAX_TOPICS_PER_PAGE = 1_000;

const query = {
  namespace: Type.Optional(
    Type.Array(Type.String(), {
      description: "a namespace to compare beside ORDER_TOPIC_CONFIG; may be given more than once",
      maxItems: MAX_NAMESPACES,
    }),
  ),
  limit: Type.Optional(
    Int32(`topics to compare the routes of, default ${TOPICS_PER_PAGE}`, { minimum: 1, maximum: MAX_TOPICS_PER_PAGE }),
  ),
  cursor: Type.Optional(Type.String({ description: "`next` of the page before" })),
};

/** The outcome with routes, or with what went wrong in asking for them. */
async function routed(outcome: Outcome<Survey>, topics: readonly string[]): Promise<Outcome<RouteSurvey>> {
  if (!outcome.ok) return outcome;
  const after = await outcomeOf(outcome.target, () => withRoutes(outcome.value, topics));
  return { ...after, elapsedMillis: outcome.elapsedMillis + after.elapsedMillis };
}

export const nameServerDiff = [
  get("/name-servers/diff", {
    summary: "What the name servers disagree on: clusters, brokers, topics, routes and key-value entries",
    calls: [getBrokerClusterInfo, getAllTopicListFromNameserver, getKvListByNamespace, getRouteInfoByTopic],
    query,
    answers: {
      200: answer("the differences", NameServerDiff),
      207: answer("those between the name servers that could be asked", NameServerDiff),
    },
    async handle({ query: { namespace = [], limit = TOPICS_PER_PAGE, cursor } }, { nameServers }) {
      const isFirst = cursor === undefined;
      const namespaces = isFirst ? [...new Set([ORDER_TOPIC_CONFIG, ...namespace])] : [];
      const surveys = await nameServers.each((one, left) => survey(one, left(), namespaces));
      const surveyed = surveys.filter((outcome) => outcome.ok);
      const shared = sharedTopics(surveyed.map(({ value }) => value)).filter((topic) => isFirst || topic > cursor);
      const page = shared.slice(0, limit);
      const outcomes = await Promise.all(surveys.map((outcome) => routed(outcome, page)));
      const rows = routeRows(
        outcomes.filter((outcome) => outcome.ok),
        page,
      );
      const data = isFirst ? [...generalRows(surveyed, namespaces), ...rows] : rows;
      const left = shared.length - page.length;
      const next = left > 0 ? page.at(-1) : null;
      return fanOutAnswer(outcomes, { body: { data, next, routes: { compared: page.length, left } } });
    },
  }),
];
