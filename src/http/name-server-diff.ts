import { BrokerData } from "../body/cluster-info.ts";
import { TopicRouteData } from "../body/topic-route.ts";
import { type Difference, differences, type Table } from "../discovery/differences.ts";
import type { Outcome } from "../discovery/outcome.ts";
import { brokerEssence, type RouteSurvey, routeEssence, type Survey } from "../discovery/survey.ts";
import { Int32, type TSchema, Type } from "../schema/types.ts";
import { ListOf } from "./list.ts";
import { ResultsOf } from "./results.ts";

const topic = Type.String({ description: "topic name" });

/** A kind of thing that name servers can disagree on, with what each of them has. */
function kindOf<K extends string, M extends Readonly<Record<string, TSchema>>>(kind: K, names: M, value: TSchema) {
  const values = Type.Array(
    Type.Object({
      nameServer: Type.String({ description: "host:port" }),
      value: Type.Union([value, Type.Null()], { description: "what it has, null for nothing", examples: [null] }),
    }),
    { description: "what each name server has that could be asked" },
  );
  return Type.Object({ kind: Type.Literal(kind), ...names, values });
}

const AnyDifference = Type.Union([
  kindOf(
    "cluster",
    { clusterName: Type.String({ description: "cluster name" }) },
    Type.Array(Type.String(), { description: "names of its brokers" }),
  ),
  kindOf("broker", { brokerName: Type.String({ description: "broker name" }) }, BrokerData),
  kindOf("topic", { topic }, Type.Boolean({ description: "true where it is known" })),
  kindOf("route", { topic }, TopicRouteData),
  kindOf("kv", { namespace: Type.String(), key: Type.String() }, Type.String({ description: "value of the key" })),
]);

/** What name servers disagree on, one page of it. */
export const NameServerDiff = ResultsOf({
  ...ListOf(AnyDifference).properties,
  routes: Type.Object(
    {
      compared: Int32("how many topics had their routes compared for this page"),
      left: Int32("how many are left for the pages behind it"),
    },
    { description: "Routes are compared page by page; all else is on the first page." },
  ),
});

type Surveyed<S extends Survey = Survey> = Outcome<S> & { readonly ok: true };

/** Everything but routes that they disagree on. */
export function generalRows(surveyed: readonly Surveyed[], namespaces: readonly string[]): object[] {
  return [
    ...rowsOf("cluster", "clusterName", differences(tablesOf(surveyed, ({ clusters }) => clusters))),
    ...rowsOf(
      "broker",
      "brokerName",
      differences(
        tablesOf(surveyed, ({ brokers }) => brokers),
        brokerEssence,
      ),
    ),
    ...rowsOf("topic", "topic", differences(tablesOf(surveyed, ({ topics }) => topics))),
    ...namespaces.flatMap((namespace) =>
      rowsOf("kv", "key", differences(tablesOf(surveyed, ({ kv }) => kv.get(namespace))), { namespace }),
    ),
  ];
}

/** The routes that they disagree on, of those that list the topic. */
export function routeRows(surveyed: readonly Surveyed<RouteSurvey>[], topics: readonly string[]): object[] {
  const found = topics.flatMap((topic) => {
    const listing = surveyed.filter(({ value }) => value.topics.has(topic));
    return differences(
      tablesOf(listing, ({ routes }) => only(topic, routes)),
      routeEssence,
    );
  });
  return rowsOf("route", "topic", found);
}

function tablesOf<S extends Survey, T>(
  surveyed: readonly Surveyed<S>[],
  entriesOf: (survey: S) => ReadonlyMap<string, T> | undefined,
): Table<T>[] {
  return surveyed.map(({ target: nameServer, value }) => ({ nameServer, entries: entriesOf(value) ?? new Map() }));
}

function only<T>(name: string, entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const value = entries.get(name);
  return new Map(value === undefined ? [] : [[name, value]]);
}

function rowsOf<T>(kind: string, member: string, found: readonly Difference<T>[], more: object = {}): object[] {
  return found.map(({ name, values }) => ({ kind, ...more, [member]: name, values }));
}
