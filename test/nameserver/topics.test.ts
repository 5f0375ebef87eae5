import { describe, expect, test } from "bun:test";
import { getAllTopicListFromNameserver } from "../../src/commands/get-all-topic-list-from-nameserver.ts";
import { getHasUnitSubTopicList } from "../../src/commands/get-has-unit-sub-topic-list.ts";
import { getHasUnitSubUnunitTopicList } from "../../src/commands/get-has-unit-sub-ununit-topic-list.ts";
import { getSystemTopicListFromNs } from "../../src/commands/get-system-topic-list-from-ns.ts";
import { getTopicsByCluster } from "../../src/commands/get-topics-by-cluster.ts";
import { getUnitTopicList } from "../../src/commands/get-unit-topic-list.ts";
import { updateNamesrvConfig } from "../../src/commands/update-namesrv-config.ts";
import { register } from "./brokers.ts";
import { ask, bodyOf, startEmbedded, timeoutMillis } from "./support.ts";

async function startWithTopics() {
  const embedded = await startEmbedded();
  const peer = await embedded.peer();
  const topics = [0, 1, 2, 3].map((topicSysFlag) => ({ topicName: `t${topicSysFlag}`, topicSysFlag }));
  await register(peer, { topics });
  await register(peer, { clusterName: "c2", brokerName: "b2", brokerAddr: "10.0.0.2:1", topics: topics.slice(2) });
  return Object.assign(embedded, { registering: peer });
}

describe("topic lists", () => {
  test.each([
    ["all", getAllTopicListFromNameserver, {}, ["t0", "t1", "t2", "t3"]],
    ["unit", getUnitTopicList, {}, ["t1", "t3"]],
    ["unit subscription", getHasUnitSubTopicList, {}, ["t2", "t3"]],
    ["unit subscription without unit", getHasUnitSubUnunitTopicList, {}, ["t2"]],
    ["of a cluster", getTopicsByCluster, { cluster: "c2" }, ["t2", "t3"]],
    ["of an unknown cluster", getTopicsByCluster, { cluster: "nowhere" }, []],
  ] as const)("%s", async (_, command, values, topics) => {
    await using embedded = await startWithTopics();
    const { body } = await embedded.registering.call(command, values as { cluster: string }, timeoutMillis);
    expect(body?.topicList.toSorted()).toEqual([...topics]);
  });

  test("system: clusters and brokers, and an address to ask for the rest", async () => {
    await using embedded = await startWithTopics();
    const { body } = await embedded.registering.call(getSystemTopicListFromNs, {}, timeoutMillis);
    expect(body?.topicList.toSorted()).toEqual(["b", "b2", "c", "c2"]);
    expect(["10.0.0.1:10911", "10.0.0.2:1"]).toContain(body?.brokerAddr ?? "none");
  });

  test("system: nothing when there is no broker, and each name once", async () => {
    await using embedded = await startEmbedded();
    expect(bodyOf(await ask(await embedded.connect(), 304))).toEqual({ topicList: [] });
    await register(await embedded.peer(), { clusterName: "same", brokerName: "same" });
    expect(bodyOf(await ask(await embedded.connect(), 304))).toMatchObject({ topicList: ["same"] });
  });

  test.each([
    ["enableAllTopicList", [206], [224, 311, 312, 313]],
    ["enableTopicList", [224, 311, 312, 313], [206]],
  ])("can be switched off: %s", async (name, refused, served) => {
    await using embedded = await startWithTopics();
    await embedded.registering.call(updateNamesrvConfig, { body: { [name]: "false" } }, timeoutMillis);
    const session = await embedded.connect();
    for (const code of refused) expect(await ask(session, code)).toMatchObject({ code: 1, remark: "disable" });
    for (const code of served) expect((await ask(session, code)).code).toBe(0);
  });
});
