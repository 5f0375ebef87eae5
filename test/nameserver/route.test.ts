import { describe, expect, test } from "bun:test";
import { deleteTopicInNamesrv } from "../../src/commands/delete-topic-in-namesrv.ts";
import { putKvConfig } from "../../src/commands/put-kv-config.ts";
import { registerTopicInNamesrv } from "../../src/commands/register-topic-in-namesrv.ts";
import { unregisterBroker } from "../../src/commands/unregister-broker.ts";
import { updateNamesrvConfig } from "../../src/commands/update-namesrv-config.ts";
import { clusterInfo, register, route } from "./brokers.ts";
import { ask, bodyOf, startEmbedded, textOf, timeoutMillis } from "./support.ts";

const master = { clusterName: "c", brokerName: "b", brokerAddr: "10.0.0.1:10911", brokerId: 0 };

/** A server with the topic `t` and its order configuration. */
async function startWithTopic() {
  const embedded = await startEmbedded();
  const peer = await embedded.peer();
  await register(peer, { topics: [{ topicName: "t", topicSysFlag: 1 }] });
  await peer.call(putKvConfig, { namespace: "ORDER_TOPIC_CONFIG", key: "t", value: "b:4" }, timeoutMillis);
  return Object.assign(embedded, { registering: peer, session: await embedded.connect() });
}

describe("GET_ROUTEINFO_BY_TOPIC", () => {
  const cluster = '"cluster":"c","brokerName":"b"';
  const common = `${cluster},"brokerAddrs":{KEY:"10.0.0.1:10911"},"enableActingMaster":false}],"filterServerTable":{}`;
  const queues = '"brokerName":"b","readQueueNums":4,"writeQueueNums":4,"perm":6';
  const loose = `{"queueDatas":[{${queues},"topicSysFlag":1}],"brokerDatas":[{${common.replace("KEY", "0")}}`;
  const strict = `{"queueDatas":[{${queues},"topicSysFlag":1}],"brokerDatas":[{${common.replace("KEY", '"0"')}}`;
  const old = `${loose.slice(0, -1).replace("topicSysFlag", "topicSynFlag")},"orderTopicConf":"b:4"}`;

  test.each([
    ["3.2.6", 78, {}, old],
    ["a client that says nothing", 0, {}, old],
    ["4.0.0", 213, {}, loose],
    ["4.9.3", 400, {}, loose],
    ["4.9.3 that wants strict JSON", 400, { acceptStandardJsonOnly: "true" }, strict],
    ["4.9.4", 401, {}, strict],
    ["5.5.0", 513, {}, strict],
    ["a version to come", 9_999, {}, strict],
  ])("is spelled for %s", async (_, version, extFields: Record<string, string>, text) => {
    await using embedded = await startWithTopic();
    const answer = await ask(embedded.session, 105, { version, extFields: { topic: "t", ...extFields } });
    expect(textOf(answer)).toBe(text);
    expect(answer).toMatchObject({ code: 0, language: "JAVA", version: 513, extFields: null });
  });

  test("is answered with a JSON header whatever the request had", async () => {
    await using embedded = await startWithTopic();
    const command = { code: 105, language: "JAVA", version: 513, remark: null, extFields: { topic: "t" }, body: null };
    const frame = await embedded.session.request(command, { timeoutMillis, serializeType: "ROCKETMQ" });
    expect(frame.serializeType).toBe("JSON");
    expect(textOf(frame.command)).toBe(strict);
  });

  test("shows newer clients the order configuration where that is switched on", async () => {
    await using embedded = await startWithTopic();
    await embedded.registering.call(updateNamesrvConfig, { body: { orderMessageEnable: "true" } }, timeoutMillis);
    expect(await route(embedded.registering, "t")).toMatchObject({ orderTopicConf: "b:4" });
  });

  test("names the topic that no broker has", async () => {
    await using embedded = await startWithTopic();
    const answer = await ask(embedded.session, 105, { extFields: { topic: "null" } });
    expect(answer.code).toBe(17);
    expect(answer.remark).toStartWith("No topic route info in name server for the topic: null\nSee https://");
    expect((await ask(embedded.session, 105)).remark).toBe(answer.remark);
  });

  test("lists filter servers by broker address", async () => {
    await using embedded = await startWithTopic();
    await register(embedded.registering, { counter: 2, filterServerList: ["10.0.0.1:5001", "10.0.0.1:5002"] });
    expect(await route(embedded.registering, "t")).toMatchObject({
      filterServerTable: { "10.0.0.1:10911": ["10.0.0.1:5001", "10.0.0.1:5002"] },
    });
    await register(embedded.registering, { counter: 3 });
    expect(await route(embedded.registering, "t")).toMatchObject({ filterServerTable: {} });
  });

  test("passes on the queue mapping of a static topic", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    const mapping = { bname: "b", currIdMap: { "3": 2 }, dirty: false, epoch: 9_007_199_254_740_993n, scope: "s" };
    const body = `{"topicConfigSerializeWrapper":{"topicConfigTable":{"t":{"topicName":"t"}},"topicQueueMappingInfoMap":
      {"t":{"bname":"b","currIdMap":{3:2},"dirty":false,"epoch":9007199254740993,"scope":"s"}}}}`;
    await ask(session, 103, { extFields: { ...master, brokerId: "0" }, body });
    const answer = await ask(session, 105, { extFields: { topic: "t" } });
    expect(bodyOf(answer)).toMatchObject({ topicQueueMappingByBroker: { b: mapping } });
  });

  test("knows topics, brokers and clusters by any name", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const name = "__proto__";
    await register(peer, {
      brokerName: name,
      clusterName: name,
      topics: [{ topicName: name }, { topicName: "toString" }],
    });
    const found = await route(peer, name);
    expect(found).toMatchObject({ queueDatas: [{ brokerName: name }], brokerDatas: [{ cluster: name }] });
    expect(found).not.toHaveProperty("topicQueueMappingByBroker");
    expect(await route(peer, "toString")).not.toBeNull();
    expect(await route(peer, "constructor")).toBeNull();
    const { brokerAddrTable, clusterAddrTable } = await clusterInfo(peer);
    expect([Object.keys(brokerAddrTable), Object.entries(clusterAddrTable)]).toEqual([[name], [[name, [name]]]]);
  });

  test("shows an acting master as the master where that is switched on", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const slave = { brokerAddr: "10.0.0.2:1", brokerId: 2, enableActingMaster: true };
    await register(peer, { enableActingMaster: true, topics: [{ topicName: "t" }] });
    await register(peer, slave);
    await register(peer, { ...slave, brokerAddr: "10.0.0.3:1", brokerId: 3 });
    await peer.call(updateNamesrvConfig, { body: { supportActingMaster: "true" } }, timeoutMillis);
    const addresses = { "2": "10.0.0.2:1", "3": "10.0.0.3:1" };
    expect(await route(peer, "t")).toMatchObject({ brokerDatas: [{ brokerAddrs: { "0": "10.0.0.1:10911" } }] });
    await peer.call(unregisterBroker, master, timeoutMillis);
    const acting = await route(peer, "t");
    expect(acting?.brokerDatas[0]?.brokerAddrs).toEqual({ "0": "10.0.0.2:1", "3": "10.0.0.3:1" });
    await peer.call(updateNamesrvConfig, { body: { supportActingMaster: "false" } }, timeoutMillis);
    expect((await route(peer, "t"))?.brokerDatas[0]?.brokerAddrs).toEqual(addresses);
  });
});

describe("DELETE_TOPIC_IN_NAMESRV", () => {
  test("forgets the topic everywhere or in one cluster", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const topics = [{ topicName: "t" }, { topicName: "u" }];
    await register(peer, { topics });
    await register(peer, { clusterName: "c2", brokerName: "b2", brokerAddr: "10.0.0.2:1", topics });
    await peer.call(deleteTopicInNamesrv, { topic: "t", clusterName: "nowhere" }, timeoutMillis);
    expect((await route(peer, "t"))?.queueDatas).toHaveLength(2);
    await peer.call(deleteTopicInNamesrv, { topic: "t", clusterName: "c2" }, timeoutMillis);
    expect((await route(peer, "t"))?.queueDatas.map(({ brokerName }) => brokerName)).toEqual(["b"]);
    await peer.call(deleteTopicInNamesrv, { topic: "t" }, timeoutMillis);
    expect(await route(peer, "t")).toBeNull();
    expect((await route(peer, "u"))?.queueDatas).toHaveLength(2);
  });
});

describe("REGISTER_TOPIC_IN_NAMESRV", () => {
  const queues = { readQueueNums: 3, writeQueueNums: 3, perm: 6, topicSysFlag: 0 };
  const routeWith = (...names: string[]) => ({
    queueDatas: names.map((brokerName) => ({ brokerName, ...queues })),
    brokerDatas: [],
    filterServerTable: {},
  });

  test("adds queues on known brokers, and none when one is unknown", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer);
    await register(peer, { brokerName: "b2", brokerAddr: "10.0.0.2:1" });
    await peer.call(registerTopicInNamesrv, { topic: "t", body: routeWith("b", "unknown") }, timeoutMillis);
    expect(await route(peer, "t")).toBeNull();
    await peer.call(registerTopicInNamesrv, { topic: "t", body: routeWith("b") }, timeoutMillis);
    await peer.call(registerTopicInNamesrv, { topic: "t", body: routeWith("b2") }, timeoutMillis);
    expect((await route(peer, "t"))?.queueDatas).toEqual(routeWith("b", "b2").queueDatas);
  });

  test("wants a topic when there are queues", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    const answer = await ask(session, 217, { body: '{"queueDatas":[]}' });
    expect(answer).toMatchObject({ code: 1, remark: expect.stringContaining("topic is missing or malformed") });
  });
});
