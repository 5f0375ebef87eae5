import { describe, expect, test } from "bun:test";
import { brokerHeartbeat } from "../../src/commands/broker-heartbeat.ts";
import { getBrokerMemberGroup } from "../../src/commands/get-broker-member-group.ts";
import { putKvConfig } from "../../src/commands/put-kv-config.ts";
import { queryDataVersion } from "../../src/commands/query-data-version.ts";
import { unregisterBroker } from "../../src/commands/unregister-broker.ts";
import { updateNamesrvConfig } from "../../src/commands/update-namesrv-config.ts";
import { addressesOf, clusterInfo, register, route } from "./brokers.ts";
import { ask, bodyOf, startEmbedded, timeoutMillis } from "./support.ts";

const master = { clusterName: "c", brokerName: "b", brokerAddr: "10.0.0.1:10911", brokerId: 0 };
const atSlave = { brokerAddr: "10.0.0.2:10911", haServerAddr: "10.0.0.2:10912", brokerId: 1 };

function topicsBody(table: string) {
  return { body: `{"topicConfigSerializeWrapper":{"topicConfigTable":${table}}}` };
}

describe("REGISTER_BROKER", () => {
  test("publishes the topics of a master, one topic too", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const reply = await register(peer, { topics: [{ topicName: "t", writeQueueNums: 2, topicSysFlag: 1 }] });
    expect(reply).toMatchObject({ code: 0, remark: null, header: {}, body: null });
    expect(await route(peer, "t")).toEqual({
      brokerDatas: [
        { brokerAddrs: { "0": "10.0.0.1:10911" }, brokerName: "b", cluster: "c", enableActingMaster: false },
      ],
      filterServerTable: {},
      queueDatas: [{ brokerName: "b", perm: 6, readQueueNums: 4, topicSysFlag: 1, writeQueueNums: 2 }],
    });
    expect(embedded.server.stats).toEqual({ connections: 1, brokers: 1, topics: 1 });
  });

  test("takes a compressed body", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const topics = [{ topicName: "t1", attributes: { "+message.type": "FIFO" } }, { topicName: "t2" }];
    expect((await register(peer, { compressed: true, topics })).code).toBe(0);
    expect(await route(peer, "t1")).not.toBeNull();
    expect(await route(peer, "t2")).not.toBeNull();
  });

  test("tells a slave its master and publishes none of its topics", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer);
    const reply = await register(peer, { ...atSlave, topics: [{ topicName: "of-slave" }] });
    expect(reply.header).toEqual({ masterAddr: "10.0.0.1:10911", haServerAddr: "10.0.0.1:10912" });
    expect(await route(peer, "of-slave")).toBeNull();
    expect(await addressesOf(peer)).toEqual({ "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" });
  });

  test("tells a slave without a master nothing", async () => {
    await using embedded = await startEmbedded();
    expect((await register(await embedded.peer(), atSlave)).header).toEqual({});
  });

  test("lets the lowest slave publish for reading only where it may act as master", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { ...atSlave, brokerId: 2, enableActingMaster: true, topics: [{ topicName: "t" }] });
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ perm: 4 }] });
    const third = { brokerAddr: "10.0.0.3:10911", brokerId: 3 };
    await register(peer, { ...third, enableActingMaster: true, topics: [{ topicName: "of-3" }] });
    expect(await route(peer, "of-3")).toBeNull();
    await register(peer, {
      ...atSlave,
      brokerId: 2,
      enableActingMaster: false,
      counter: 2,
      topics: [{ topicName: "t" }],
    });
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ perm: 6 }] });
  });

  test("ignores changes of a known DataVersion but adds unknown topics", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { topics: [{ topicName: "t", writeQueueNums: 1 }] });
    await register(peer, { topics: [{ topicName: "t", writeQueueNums: 2 }, { topicName: "new" }] });
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ writeQueueNums: 1 }] });
    expect(await route(peer, "new")).not.toBeNull();
    await register(peer, { counter: 2, topics: [{ topicName: "t", writeQueueNums: 2 }] });
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ writeQueueNums: 2 }] });
    expect(await route(peer, "new")).not.toBeNull();
  });

  test("tells DataVersions apart by 64-bit numbers", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    const timestamp = 2n ** 62n;
    await register(peer, { timestamp, topics: [{ topicName: "t", writeQueueNums: 1 }] });
    await register(peer, { timestamp: timestamp + 1n, topics: [{ topicName: "t", writeQueueNums: 2 }] });
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ writeQueueNums: 2 }] });
  });

  test("forgets topics that were left out where that is switched on", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await peer.call(updateNamesrvConfig, { body: { deleteTopicWithBrokerRegistration: "true" } }, timeoutMillis);
    await register(peer, { topics: [{ topicName: "t" }, { topicName: "old" }] });
    await register(peer, { brokerName: "b2", brokerAddr: "10.0.0.3:10911", topics: [{ topicName: "old" }] });
    await register(peer, { counter: 2, topics: [{ topicName: "t" }] });
    expect(await route(peer, "old")).toMatchObject({ queueDatas: [{ brokerName: "b2" }] });
  });

  test("gives an address one id: the newest", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { brokerId: 1 });
    await register(peer, { brokerId: 0, topics: [{ topicName: "t" }] });
    expect(await addressesOf(peer)).toEqual({ "0": "10.0.0.1:10911" });
    expect(await route(peer, "t")).not.toBeNull();
  });

  test("gives an id another address, unless that one's state is older", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { stateVersion: 5 });
    const older = await register(peer, { brokerAddr: "10.0.0.9:1", stateVersion: 4, counter: 9 });
    expect(older.code).toBe(0);
    expect(await addressesOf(peer)).toEqual({ "0": "10.0.0.1:10911" });
    await register(peer, { brokerAddr: "10.0.0.9:1", stateVersion: 5, counter: 9 });
    expect(await addressesOf(peer)).toEqual({ "0": "10.0.0.9:1" });
  });

  test("takes ids beyond 2^53", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { brokerId: 2n ** 60n });
    await register(peer, { brokerId: 2n ** 60n + 1n, brokerAddr: "10.0.0.2:1" });
    expect(await addressesOf(peer)).toEqual({
      "1152921504606846976": "10.0.0.1:10911",
      "1152921504606846977": "10.0.0.2:1",
    });
  });

  test("answers with the order configuration once there was one", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    expect((await register(peer)).body).toBeNull();
    await peer.call(putKvConfig, { namespace: "ORDER_TOPIC_CONFIG", key: "t", value: "b:4" }, timeoutMillis);
    expect((await register(peer)).body).toEqual({ table: { t: "b:4" } });
    await peer.call(updateNamesrvConfig, { body: { returnOrderTopicConfigToBroker: "false" } }, timeoutMillis);
    expect((await register(peer)).body).toBeNull();
  });

  test("shows the zone", async () => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    const extFields = { ...master, brokerId: "0", __ZONE_NAME: "z1" };
    expect((await ask(session, 103, { extFields })).code).toBe(0);
    expect(bodyOf(await ask(session, 106))).toMatchObject({ brokerAddrTable: { b: { zoneName: "z1" } } });
  });

  test.each([
    ["a wrong checksum", { extFields: { bodyCrc32: "1" }, body: "{}" }, "crc32 not match"],
    ["a checksum without a body", { extFields: { bodyCrc32: "1" } }, "crc32 not match"],
    ["no brokerId", { extFields: { brokerId: "" } }, "brokerId is missing or malformed"],
    ["a brokerId that is no number", { extFields: { brokerId: "first" } }, "brokerId is missing or malformed"],
    ["no clusterName", { extFields: { clusterName: "" } }, "clusterName is missing or malformed"],
    ["no brokerName", { extFields: { brokerName: "" } }, "brokerName is missing or malformed"],
    ["no brokerAddr", { extFields: { brokerAddr: "" } }, "brokerAddr is missing or malformed"],
    ["no JSON", { body: "not json" }, "Cannot parse JSON"],
    ["no zlib stream", { extFields: { compressed: "true" }, body: "{}" }, "Cannot inflate body"],
    ["a list of topics", { body: '{"topicConfigSerializeWrapper":{"topicConfigTable":[]}}' }, "topicConfigTable"],
    ["a count in words", { body: '{"topicConfigSerializeWrapper":{"dataVersion":{"counter":"one"}}}' }, "counter"],
    ["a permission of 33 bits", topicsBody('{"t":{"perm":4294967302}}'), "perm has more than 32 bits"],
    ["a flag beyond 2^53", topicsBody('{"t":{"topicSysFlag":9007199254740993}}'), "topicSysFlag has more than 32 bits"],
    ["a filter server that is no text", { body: '{"filterServerList":[[]]}' }, "filterServer"],
  ])("refuses %s", async (_, { extFields, body }: { extFields?: Record<string, string>; body?: string }, remark) => {
    await using embedded = await startEmbedded();
    const session = await embedded.connect();
    const answer = await ask(session, 103, { extFields: { ...master, brokerId: "0", ...extFields }, body });
    expect(answer.code).toBe(1);
    expect(answer.remark).toContain(remark);
    expect(bodyOf(await ask(session, 106))).toEqual({ brokerAddrTable: {}, clusterAddrTable: {} });
  });
});

describe("UNREGISTER_BROKER", () => {
  test("removes a replica by its address, and with the last one the broker and its topics", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { topics: [{ topicName: "t" }] });
    await register(peer, atSlave);
    await peer.call(unregisterBroker, { ...master, brokerAddr: "10.0.0.9:9" }, timeoutMillis);
    await peer.call(unregisterBroker, { ...master, brokerName: "other" }, timeoutMillis);
    expect(await addressesOf(peer)).toEqual({ "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" });
    await peer.call(unregisterBroker, { ...master, brokerId: 7 }, timeoutMillis);
    expect(await addressesOf(peer)).toEqual({ "1": "10.0.0.2:10911" });
    expect(await route(peer, "t")).not.toBeNull();
    await peer.call(unregisterBroker, { ...master, ...atSlave }, timeoutMillis);
    expect(await clusterInfo(peer)).toEqual({ brokerAddrTable: {}, clusterAddrTable: {} });
    expect(await route(peer, "t")).toBeNull();
  });

  test("removes a replica by its id where no address is given", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer);
    await register(peer, atSlave);
    await peer.call(unregisterBroker, { ...master, brokerAddr: "", brokerId: 0 }, timeoutMillis);
    expect(await addressesOf(peer)).toEqual({ "1": "10.0.0.2:10911" });
  });

  test("leaves no broker behind in any cluster", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { clusterName: "c1" });
    await register(peer, { clusterName: "c2" });
    expect((await clusterInfo(peer)).clusterAddrTable).toEqual({ c1: ["b"], c2: ["b"] });
    await peer.call(unregisterBroker, { ...master, clusterName: "c1" }, timeoutMillis);
    expect(await clusterInfo(peer)).toEqual({ brokerAddrTable: {}, clusterAddrTable: {} });
  });

  test("takes the write permission when the acting master remains", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { enableActingMaster: true, topics: [{ topicName: "t" }] });
    await register(peer, { ...atSlave, enableActingMaster: true });
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ perm: 6 }] });
    await peer.call(unregisterBroker, master, timeoutMillis);
    expect(await route(peer, "t")).toMatchObject({ queueDatas: [{ perm: 4 }] });
  });
});

describe("what brokers ask of each other", () => {
  test("QUERY_DATA_VERSION compares with what is held", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer, { counter: 7, timestamp: 99 });
    const held = { counter: 7, timestamp: 99, stateVersion: 0 };
    const same = await peer.call(queryDataVersion, { ...master, body: held }, timeoutMillis);
    expect(same).toMatchObject({ code: 0, header: { changed: false }, body: held });
    const other = await peer.call(queryDataVersion, { ...master, body: { ...held, counter: 8 } }, timeoutMillis);
    expect(other).toMatchObject({ code: 0, header: { changed: true }, body: held });
    const unknown = { ...master, clusterName: "elsewhere", body: held };
    expect(await peer.call(queryDataVersion, unknown, timeoutMillis)).toMatchObject({
      code: 0,
      header: { changed: true },
      body: null,
    });
  });

  test("BROKER_HEARTBEAT succeeds for an unknown broker too", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    expect((await peer.call(brokerHeartbeat, master, timeoutMillis)).code).toBe(0);
  });

  test("GET_BROKER_MEMBER_GROUP lists the replicas", async () => {
    await using embedded = await startEmbedded();
    const peer = await embedded.peer();
    await register(peer);
    await register(peer, atSlave);
    const group = { clusterName: "c", brokerName: "b" };
    const { body } = await peer.call(getBrokerMemberGroup, group, timeoutMillis);
    expect(body).toEqual({
      brokerMemberGroup: {
        brokerAddrs: { "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" },
        brokerName: "b",
        cluster: "c",
      },
    });
  });
});
