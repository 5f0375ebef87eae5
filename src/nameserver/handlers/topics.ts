import { getAllTopicListFromNameserver } from "../../commands/get-all-topic-list-from-nameserver.ts";
import { getHasUnitSubTopicList } from "../../commands/get-has-unit-sub-topic-list.ts";
import { getHasUnitSubUnunitTopicList } from "../../commands/get-has-unit-sub-ununit-topic-list.ts";
import { getSystemTopicListFromNs } from "../../commands/get-system-topic-list-from-ns.ts";
import { getTopicsByCluster } from "../../commands/get-topics-by-cluster.ts";
import { getUnitTopicList } from "../../commands/get-unit-topic-list.ts";
import { SYSTEM_ERROR } from "../../wire/response-codes.ts";
import { type Served, serve } from "../serve.ts";
import type { State } from "../state.ts";
import { addressesOf, clustersOf } from "../tables/brokers.ts";
import type { Switch } from "../tables/settings.ts";

/** Bits of topicSysFlag (TopicSysFlag). */
const UNIT = 1;
const UNIT_SUB = 2;

/** Lists of topics: 206, 224, 304, 311, 312, 313. */
export const topicHandlers: readonly Served[] = [
  serve(getAllTopicListFromNameserver, (state) => listIf(state, "enableAllTopicList", () => [...state.topics.names])),

  serve(getTopicsByCluster, (state, { header: { cluster } }) =>
    listIf(state, "enableTopicList", () => {
      const names = cluster === undefined ? [] : (clustersOf(state.brokers).get(cluster) ?? []);
      return [...state.topics.names].filter((topic) => names.some((name) => state.topics.get(topic)?.has(name)));
    }),
  ),

  serve(getSystemTopicListFromNs, ({ brokers }) => {
    const names = [...clustersOf(brokers)].flatMap(([cluster, members]) => [cluster, ...members]);
    const [first] = brokers.values();
    const [brokerAddr] = first ? Object.values(addressesOf(first)) : [];
    const topicList = [...new Set(names)];
    return { body: brokerAddr === undefined ? { topicList } : { topicList, brokerAddr } };
  }),

  serve(getUnitTopicList, (state) => flagged(state, (flag) => (flag & UNIT) !== 0)),
  serve(getHasUnitSubTopicList, (state) => flagged(state, (flag) => (flag & UNIT_SUB) !== 0)),
  serve(getHasUnitSubUnunitTopicList, (state) => flagged(state, (flag) => (flag & (UNIT | UNIT_SUB)) === UNIT_SUB)),
];

function listIf({ settings }: State, name: Switch, list: () => string[]) {
  return settings.isOn(name) ? { body: { topicList: list() } } : { code: SYSTEM_ERROR, remark: "disable" };
}

/** Topics by the topicSysFlag that their first broker gave them. */
function flagged(state: State, isWanted: (flag: number) => boolean) {
  return listIf(state, "enableTopicList", () =>
    [...state.topics.names].filter((topic) => {
      const [first] = state.topics.get(topic)?.values() ?? [];
      return first !== undefined && isWanted(first.queueData.topicSysFlag);
    }),
  );
}
