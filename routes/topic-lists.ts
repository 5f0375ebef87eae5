import { TopicList } from "../src/body/topic-list.ts";
import { getAllTopicListFromNameserver } from "../src/commands/get-all-topic-list-from-nameserver.ts";
import { getBrokerClusterInfo } from "../src/commands/get-broker-cluster-info.ts";
import { getHasUnitSubTopicList } from "../src/commands/get-has-unit-sub-topic-list.ts";
import { getHasUnitSubUnunitTopicList } from "../src/commands/get-has-unit-sub-ununit-topic-list.ts";
import { getSystemTopicListFromNs } from "../src/commands/get-system-topic-list-from-ns.ts";
import { getTopicsByCluster } from "../src/commands/get-topics-by-cluster.ts";
import { getUnitTopicList } from "../src/commands/get-unit-topic-list.ts";
import { Fault } from "../src/errors.ts";
import { answer, get } from "../src/http/route.ts";
import { TopicItems, topicItems } from "../src/http/topic-list.ts";
import { type Static, Type } from "../src/schema/types.ts";

const filters = {
  type: Type.Optional(Type.Literal("system", { description: "names of clusters and brokers, which are topics too" })),
  unit: Type.Optional(Type.Boolean({ description: "true: topics of a unit; false: only beside unitSubscription" })),
  unitSubscription: Type.Optional(Type.Boolean({ description: "true: topics with subscriptions of a unit" })),
};
type Filters = { readonly [K in keyof typeof filters]?: Static<(typeof filters)[K]> };

const SystemTopics = Type.Object({
  ...TopicItems.properties,
  brokerAddr: Type.Optional(TopicList.properties.brokerAddr),
});

/** The lists that name servers keep, by the query that asks for them. They keep no other combination. */
const lists = {
  "": getAllTopicListFromNameserver,
  "type=system": getSystemTopicListFromNs,
  "unit=true": getUnitTopicList,
  "unitSubscription=true": getHasUnitSubTopicList,
  "unit=false&unitSubscription=true": getHasUnitSubUnunitTopicList,
} as const;

function listFor(query: Filters) {
  const given = (["type", "unit", "unitSubscription"] as const).filter((name) => query[name] !== undefined);
  const key = given.map((name) => `${name}=${query[name]}`).join("&");
  const list = Object.entries(lists).find(([known]) => known === key)?.[1];
  if (list) return list;
  const others = Object.keys(lists).filter((known) => known !== "");
  throw new Fault("invalid-argument", `Cannot list topics by ${key}: name servers keep no such list`, {
    violations: given.map((name) => ({ pointer: `?${name}`, detail: "is not known in this combination" })),
    hint: `Leave the query out, or ask for one of ${others.join(", ")}.`,
  });
}

export const topicLists = [
  get("/topics", {
    summary: "Every topic that a name server knows, or those of one kind",
    calls: Object.values(lists),
    query: filters,
    answers: { 200: answer("the topics; with type=system also the address of some broker", SystemTopics) },
    problems: { 403: "the name server has such lists switched off" },
    async handle({ query }, { nameServers }) {
      const { body } = await nameServers.read(listFor(query), {});
      const brokerAddr = body?.brokerAddr;
      return { status: 200, body: { ...topicItems(body), ...(brokerAddr !== undefined && { brokerAddr }) } };
    },
  }),

  get("/clusters/{cluster}/topics", {
    summary: "The topics of a cluster's brokers",
    calls: [getTopicsByCluster, getBrokerClusterInfo],
    answers: { 200: answer("the topics", TopicItems) },
    problems: { 403: "the name server has such lists switched off", 404: "no cluster of that name is known" },
    async handle({ params: { cluster } }, { nameServers }) {
      const items = topicItems((await nameServers.read(getTopicsByCluster, { cluster })).body);
      // A name server lists no topics for a cluster that it never heard of just the same.
      if (items.data.length === 0) {
        const { body } = await nameServers.read(getBrokerClusterInfo, {});
        if (!Object.hasOwn(body?.clusterAddrTable ?? {}, cluster)) {
          throw new Fault("not-found", `Cannot find cluster ${cluster}: the name server knows none of that name`);
        }
      }
      return { status: 200, body: items };
    },
  }),
];
