import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { kvThrough } from "./support/read-back.ts";
import { queueThrough, statsThrough } from "./support/topic-views.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;
const own = { brokerName: "tpq-own", clusterName: "tpq-cluster" };

describe.skipIf(!rig.available).each([...generationNames])(`topics and queues of %s${skipped}`, (generation) => {
  let gateway: GatewayProcess;
  let nameServer: string;
  let shared: Broker;
  let broker: Broker;
  const isOld = generation === "3.2.6";

  beforeAll(async () => {
    nameServer = (await sharedNameServer(generation)).address;
    [shared, broker] = await Promise.all([
      sharedBroker(generation),
      startBroker(generation, { nameServers: [nameServer], ...own }),
    ]);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer, ALLOW_CONFIG_CHANGES: "true" } });
  }, 2 * startTimeoutMillis);
  afterAll(async () => {
    await broker.stop();
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown) => http(gateway.url, path, { method, body });

  /** Makes a topic of two queues on a broker, which tells name servers of it in its own time. */
  async function putTopic(topic: string, brokerName: string, config: object = {}): Promise<void> {
    const body = { readQueueNums: 2, writeQueueNums: 2, ...config };
    const { status } = await ask("PUT", `/topics/${topic}?broker=${brokerName}`, body);
    expect(status).toBe(200);
    await until("name servers know it", async () => {
      const { queueDatas = [] } = (await ask("GET", `/topics/${topic}/route`)).body;
      return queueDatas.some((each: { brokerName: string }) => each.brokerName === brokerName);
    });
  }

  /** Sends a text to a queue of the own broker. */
  async function send(topic: string, queueId: number, body: string): Promise<void> {
    const extFields = {
      ...{ producerGroup: "tpq-p", topic, defaultTopic: "TBW102", defaultTopicQueueNums: 4, queueId, sysFlag: 0 },
      ...{ bornTimestamp: String(Date.now()), flag: 0, properties: "", reconsumeTimes: 0, unitMode: false },
    };
    const sent = await ask("POST", "/invoke", { target: `broker:${own.brokerName}`, code: 10, extFields, body });
    expect(sent.body).toMatchObject({ code: 0 });
  }

  test("the topics of a broker are those that it was given, by mqadmin or by us", async () => {
    await putTopic("tpq-ours", own.brokerName, { perm: 4 });
    const args = ["updateTopic", "-b", broker.address, "-t", "tpq-java", "-r", "3", "-w", "2", "-p", "6"];
    await mqadmin(generation, args, { nameServers: [nameServer] });
    const { status, body } = await ask("GET", `/brokers/${own.brokerName}/topics`);
    expect(status).toBe(200);
    expect(body.dataVersion).toMatchObject({ counter: expect.any(Number), timestamp: expect.any(Number) });
    const made = ["tpq-java", "tpq-ours"];
    expect(body.data.filter(({ topicName }: { topicName: string }) => made.includes(topicName))).toMatchObject([
      { topicName: "tpq-java", readQueueNums: 3, writeQueueNums: 2, perm: 6, order: false },
      { topicName: "tpq-ours", readQueueNums: 2, writeQueueNums: 2, perm: 4 },
    ]);
    const by22 = await ask("GET", `/brokers/${own.brokerName}/topics?wire=22`);
    expect(by22.body).toEqual({ ...body, emulatedBy: ["GET_ALL_TOPIC_CONFIG"] });
    const names = body.data.map(({ topicName }: { topicName: string }) => ({ topicName }));
    const by23 = await ask("GET", `/brokers/${own.brokerName}/topics?fields=topicName`);
    expect(by23.body).toMatchObject({ data: names, emulatedBy: ["GET_ALL_TOPIC_CONFIG"] });
    const system = await ask("GET", `/brokers/${own.brokerName}/topics?type=system`);
    expect(system.body.data).toContainEqual({ topicName: "TBW102" });
    expect(system.body.data).toContainEqual({ topicName: "tpq-own" });
    expect(system.body.data).not.toContainEqual({ topicName: "tpq-ours" });
  });

  test("the queues of two brokers have the ends that Java sees", async () => {
    await putTopic("tpq-queues", own.brokerName);
    await putTopic("tpq-queues", shared.brokerName);
    const atMillis = Date.now();
    for (const body of ["a", "b", "c"]) await send("tpq-queues", 1, body);
    const queue = (brokerName: string, queueId: number, maxOffset = 0) => ({
      brokerName,
      queueId,
      minOffset: 0,
      maxOffset,
    });
    const expected = [
      queue(shared.brokerName, 0),
      queue(shared.brokerName, 1),
      queue(own.brokerName, 0),
      queue(own.brokerName, 1, 3),
    ];
    const inOrder = (rows: { brokerName: string; queueId: number }[]) =>
      rows.toSorted((a, b) => a.brokerName.localeCompare(b.brokerName) || a.queueId - b.queueId);
    const { data, next } = await until("the messages can be consumed", async () => {
      const { body } = await ask("GET", "/topics/tpq-queues/queues");
      return body.data.some(({ maxOffset }: { maxOffset: number }) => maxOffset === 3) && body;
    });
    expect(next).toBeNull();
    expect(inOrder(data)).toMatchObject(expected);
    const stats = await ask("GET", "/topics/tpq-queues/stats");
    expect(inOrder(stats.body.data)).toMatchObject(expected);
    const lines = stats.body.data.map((row: Record<string, unknown>) =>
      [row.brokerName, row.queueId, row.minOffset, row.maxOffset].join(" "),
    );
    expect(lines.toSorted()).toEqual((await statsThrough(generation, nameServer, "tpq-queues")).toSorted());

    const path = `/topics/tpq-queues/queues/${own.brokerName}/1`;
    const { body: one } = await ask("GET", path);
    expect(data).toContainEqual(one);
    // 3.2.6 can't tell it before it has deleted a message.
    const isTold = one.earliestStoreTime >= atMillis;
    expect({ isTold, earliestStoreTime: one.earliestStoreTime }).toEqual({
      isTold: !isOld,
      earliestStoreTime: isOld ? -1 : expect.any(Number),
    });
    const seen = await queueThrough(generation, nameServer, { topic: "tpq-queues", ...own, queueId: 1, atMillis });
    expect(seen).toEqual({ min: one.minOffset, max: one.maxOffset, earliest: one.earliestStoreTime, search: 0 });
    expect((await ask("GET", `${path}/earliest-store-time`)).body.earliestStoreTime).toBe(seen.earliest);
    const offsetAt = async (at: string) => (await ask("GET", `${path}/offset${at}`)).body.offset;
    expect(await offsetAt(`?at=${atMillis}`)).toBe(seen.search);
    expect(await offsetAt(`?at=${new Date(atMillis).toISOString()}`)).toBe(0);
    expect(await offsetAt("?at=2100-01-01T00:00:00Z")).toBe(generation === "5.5.0" ? 3 : 2);
    expect(await offsetAt("?at=min")).toBe(0);
    expect(await offsetAt("?at=max")).toBe(3);
    expect(await offsetAt("")).toBe(3);
  });

  test("a queue, a broker or a topic that isn't there is 404", async () => {
    await putTopic("tpq-few", own.brokerName);
    for (const path of [
      "/topics/tpq-none/queues",
      "/topics/tpq-none/stats",
      "/topics/tpq-none/groups",
      `/topics/tpq-none/queues/${own.brokerName}/0`,
      `/topics/tpq-few/queues/${own.brokerName}/2`,
      `/topics/tpq-few/queues/${own.brokerName}/0/offset?brokerId=1`,
      `/topics/tpq-few/queues/${shared.brokerName}/0/earliest-store-time`,
    ]) {
      expect({ path, status: (await ask("GET", path)).status }).toEqual({ path, status: 404 });
    }
  });

  test("a group with an offset is one of the topic's", async () => {
    await putTopic("tpq-groups", own.brokerName);
    expect((await ask("GET", "/topics/tpq-groups/groups")).body).toEqual({ data: [], next: null });
    await mqadmin(generation, ["updateSubGroup", "-b", broker.address, "-g", "tpq-g"], { nameServers: [nameServer] });
    const extFields = { consumerGroup: "tpq-g", topic: "tpq-groups", queueId: 0, commitOffset: "0" };
    const committed = await ask("POST", "/invoke", { target: `broker:${own.brokerName}`, code: 15, extFields });
    expect(committed.body.code).toBe(0);
    expect((await ask("GET", "/topics/tpq-groups/groups")).body.data).toEqual([{ group: "tpq-g" }]);
  });

  test("properties change, and what must not change doesn't", async () => {
    const path = `/brokers/${own.brokerName}/config`;
    const before = await ask("GET", path);
    expect(before.body).toMatchObject({ brokerName: own.brokerName, rocketmqHome: broker.folder });
    expect(before.headers.get("etag")).toMatch(/^"/);
    const change = { maxMessageSize: 1_000_000, noSuchProperty: "x" };
    const changed = await ask("PATCH", path, change);
    const row = { brokerName: own.brokerName, ok: true, code: 0, config: { maxMessageSize: "1000000" } };
    expect(changed).toMatchObject({ status: 200, body: { config: { noSuchProperty: "x" }, results: [row] } });
    expect((await ask("GET", path)).body).toEqual({ ...before.body, maxMessageSize: "1000000" });
    if (!isOld) {
      const { stdout } = await mqadmin(generation, ["getBrokerConfig", "-b", broker.address]);
      expect(stdout).toMatch(/^maxMessageSize\s+=\s+1000000$/m);
    }
    for (const name of ["brokerConfigPath", "rocketmqHome", "filterServerNums", "namesrvAddr", "storePathRootDir"]) {
      expect((await ask("PATCH", path, { maxMessageSize: 5, [name]: "1" })).status).toBe(403);
    }
    const smuggled = await ask("PATCH", path, { brokerPermission: "6\nfilterServerNums=1" });
    expect(smuggled.status).toBe(422);
    expect((await ask("GET", path)).body).toEqual({ ...before.body, maxMessageSize: "1000000" });
  });

  test("it cleans what its generation can clean", async () => {
    const clean = (target: string) => ask("POST", `/brokers/${own.brokerName}/cleanups`, { target });
    const done = { status: 200, body: { results: [{ brokerName: own.brokerName, ok: true, code: 0 }] } };
    const tooOld = { status: 501, body: { type: "/problems/not-supported", hint: expect.any(String) } };
    expect(await clean("consume-queue")).toMatchObject(done);
    expect(await clean("commitlog")).toMatchObject(isOld ? tooOld : done);
    expect(await clean("unused-topics")).toMatchObject(isOld ? tooOld : done);
  });

  test("what no generation tells is 501, with what tells it instead", async () => {
    expect(await ask("GET", `/brokers/${own.brokerName}/offset`)).toMatchObject({
      status: 501,
      body: { hint: expect.stringContaining("GET /topics/{topic}/stats") },
    });
  });

  test("an ordered topic is known to name servers as mqadmin makes it known", async () => {
    const orderOf = (topic: string) => kvThrough(generation, nameServer, "ORDER_TOPIC_CONFIG", topic);
    const args = ["-r", "3", "-w", "3", "-o", "true"];
    await mqadmin(generation, ["updateTopic", "-c", own.clusterName, "-t", "tpq-order-j", ...args], {
      nameServers: [nameServer],
    });
    const body = { readQueueNums: 3, writeQueueNums: 3, order: true };
    const put = await ask("PUT", `/topics/tpq-order?cluster=${own.clusterName}`, body);
    expect(put.body.results).toMatchObject([{ brokerName: own.brokerName }, { nameServer, ok: true }]);
    expect(await orderOf("tpq-order")).toBe("tpq-own:3");
    expect(await orderOf("tpq-order-j")).toBe("tpq-own:3");
    for (const topic of ["tpq-order-j", "tpq-order"]) {
      await mqadmin(generation, ["updateTopic", "-b", shared.address, "-t", "tpq-order-j", ...args], {
        nameServers: [nameServer],
      });
      await ask("PUT", `/topics/tpq-order?broker=${shared.brokerName}`, body);
      expect((await orderOf(topic))?.split(";").toSorted()).toEqual([`${shared.brokerName}:3`, "tpq-own:3"].toSorted());
    }
  });
});
