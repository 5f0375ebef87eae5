import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames, rowOf } from "../../tools/rocketmq/generations.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { routeThrough } from "./support/read-back.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

describe.skipIf(!rig.available).each([...generationNames])(`real brokers of %s${skipped}`, (generation) => {
  let gateway: GatewayProcess;
  let nameServer: string;
  let broker: Broker;
  const isNew = generation === "5.5.0";

  beforeAll(async () => {
    nameServer = (await sharedNameServer(generation)).address;
    broker = await sharedBroker(generation);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
  }, 2 * startTimeoutMillis);
  afterAll(async () => {
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown) => http(gateway.url, path, { method, body });

  /** The queues of a topic as the generation's own Java client sees them; undefined where there is no route. */
  async function queuesThrough(topic: string): Promise<object[] | undefined> {
    const route = (await routeThrough(generation, nameServer, topic)) as { queueDatas: object[] } | null;
    return route?.queueDatas;
  }

  test("Java finds the topic that was put, and no more once it was deleted", async () => {
    const path = `/topics/${encodeURIComponent("%RETRY%brk-put")}`;
    const put = await ask("PUT", `${path}?cluster=${broker.clusterName}`, { readQueueNums: 5, writeQueueNums: 3 });
    const row = { brokerName: broker.brokerName, brokerId: 0, brokerAddr: broker.address, ok: true, code: 0 };
    expect(put).toMatchObject({ status: 200, body: { topicName: "%RETRY%brk-put", perm: 6, results: [row] } });
    const queues = { brokerName: broker.brokerName, readQueueNums: 5, writeQueueNums: 3, perm: 6 };
    expect(await queuesThrough("%RETRY%brk-put")).toMatchObject([queues]);

    const got = await ask("GET", path);
    const { perm, topicFilterType, order, topicSysFlag } = got.body;
    expect({ status: got.status, perm, topicFilterType, order, topicSysFlag }).toEqual({
      status: 200,
      perm: 6,
      topicFilterType: "SINGLE_TAG",
      order: false,
      topicSysFlag: 0,
    });
    // What GET tells can be put as it is.
    const { attributes: _, ...config } = got.body;
    expect((await ask("PUT", `${path}?broker=${broker.brokerName}`, { ...config, perm: 4 })).status).toBe(200);
    expect((await ask("GET", `${path}?broker=${broker.brokerName}`)).body).toEqual({ ...got.body, perm: 4 });
    expect(await queuesThrough("%RETRY%brk-put")).toMatchObject([{ ...queues, perm: 4 }]);

    const deleted = await ask("DELETE", `${path}?cluster=${broker.clusterName}`);
    expect(deleted).toMatchObject({
      status: 200,
      body: { topic: "%RETRY%brk-put", routeDeleted: true, results: [row, { nameServer, ok: true }] },
    });
    expect(await queuesThrough("%RETRY%brk-put")).toBeUndefined();
    expect((await ask("GET", path)).status).toBe(404);
    const { stdout } = await mqadmin(generation, ["topicList"], { nameServers: [nameServer] });
    expect(stdout).not.toContain("brk-put");
  });

  test("the gateway has the topic that mqadmin made; deleted from the broker alone, its route stays", async () => {
    const address = ["-b", broker.address];
    const topic = ["-t", "brk-java", "-r", "2", "-w", "2", "-p", "4"];
    await mqadmin(generation, ["updateTopic", ...address, ...topic], { nameServers: [nameServer] });
    const made = { topicName: "brk-java", readQueueNums: 2, writeQueueNums: 2, perm: 4 };
    expect((await ask("GET", "/topics/brk-java")).body).toMatchObject(made);
    const deleted = await ask("DELETE", `/brokers/${broker.brokerName}/topics/brk-java`);
    expect(deleted).toMatchObject({ status: 200, body: { topic: "brk-java", results: [{ ok: true }] } });
    expect(await ask("GET", "/topics/brk-java")).toMatchObject({ status: 404 });
    expect((await ask("GET", "/topics/brk-java/route")).status).toBe(200);
    expect((await ask("DELETE", `/topics/brk-java?broker=${broker.brokerName}`)).body.routeDeleted).toBe(true);
    expect((await ask("GET", "/topics/brk-java/route")).status).toBe(404);
  });

  test("attributes are set since 5.0, and refused before", async () => {
    const path = "/topics/brk-fifo";
    const put = await ask("PUT", `${path}?cluster=${broker.clusterName}`, { attributes: { "message.type": "FIFO" } });
    if (!isNew) {
      expect(put).toMatchObject({ status: 501, body: { type: "/problems/not-supported", hint: expect.any(String) } });
      expect((await ask("GET", path)).status).toBe(404);
      return;
    }
    expect(put).toMatchObject({ status: 200, body: { attributes: { "message.type": "FIFO" } } });
    expect((await ask("GET", path)).body.attributes).toEqual({ "message.type": "FIFO" });
    const none = { attributes: { "message.type": null } };
    expect((await ask("PUT", `${path}?cluster=${broker.clusterName}`, none)).status).toBe(200);
    expect((await ask("GET", path)).body.attributes).toEqual({});
  });

  test("a name that the broker refuses is 400, with what it says", async () => {
    const put = await ask("PUT", `/topics/bad%20name!?cluster=${broker.clusterName}`, {});
    // 3.2.6 takes any name.
    if (generation === "3.2.6") {
      expect(put.status).toBe(200);
      // It tells name servers of it a moment later, so the broker itself is asked.
      const got = await ask("GET", `/topics/bad%20name!?broker=${broker.brokerName}`);
      expect(got.body.topicName).toBe("bad name!");
      await ask("DELETE", `/topics/bad%20name!?cluster=${broker.clusterName}`);
    } else {
      expect(put).toMatchObject({ status: 400, body: { results: [{ ok: false }] } });
      expect(put.body.detail).toContain("contains illegal characters");
    }
  });

  test("its figures are those that mqadmin prints, its counts those of a topic", async () => {
    const runtime = await until("it has figures", async () => {
      const answer = await ask("GET", `/brokers/${broker.brokerName}/runtime`);
      return answer.status === 200 && answer;
    });
    const { stdout } = await mqadmin(generation, ["brokerStatus", "-b", broker.address], { nameServers: [nameServer] });
    const printed = new Set([...stdout.matchAll(/^(\S+)\s*:/gm)].map(([, name]) => name));
    expect(printed.size).toBeGreaterThan(20);
    expect(Object.keys(runtime.body).filter((name) => !printed.has(name))).toEqual([]);
    expect(runtime.body.brokerVersionDesc).toBe(rowOf(generation).reportedVersion);

    const counts = `/brokers/${broker.brokerName}/stats/TOPIC_PUT_NUMS`;
    await ask("PUT", `/topics/brk-counted?broker=${broker.brokerName}`, {});
    const send = {
      target: `broker:${broker.brokerName}`,
      name: "SEND_MESSAGE_V2",
      extFields: {
        producerGroup: "brk-producer",
        topic: "brk-counted",
        defaultTopic: "TBW102",
        defaultTopicQueueNums: 4,
        queueId: 0,
        sysFlag: 0,
        bornTimestamp: Date.now(),
        flag: 0,
        properties: "",
        reconsumeTimes: 0,
        unitMode: false,
      },
      body: "counted",
    };
    expect((await ask("POST", "/invoke", send)).body).toMatchObject({ code: 0, remark: null });
    const counted = await ask("GET", `${counts}/brk-counted`);
    expect(counted).toMatchObject({ status: 200, body: { statsMinute: { sum: expect.any(Number) } } });

    const stats = await ask("GET", `${counts}/${encodeURIComponent("%RETRY%none/1")}`);
    expect(stats).toMatchObject({
      status: 404,
      body: { code: 1, detail: "The stats <TOPIC_PUT_NUMS> <%RETRY%none/1> not exist", requestCode: 315 },
    });
  });

  test("one that isn't known is 404", async () => {
    for (const path of ["/brokers/brk-nobody/runtime", `/brokers/${broker.brokerName}/runtime?brokerId=7`]) {
      expect(await ask("GET", path)).toMatchObject({ status: 404, body: { type: "/problems/not-found" } });
    }
    expect((await ask("PUT", "/topics/brk-t?cluster=brk-nowhere", {})).status).toBe(404);
  });

  test(
    "one that hangs is 504, one that died 502, and back on another port it is found",
    async () => {
      const names = { brokerName: "brk-mortal", clusterName: "brk-cluster" };
      await using mortal = await startBroker(generation, { nameServers: [nameServer], ...names });
      const runtime = "/brokers/brk-mortal/runtime";
      const isUp = async () => (await ask("GET", runtime)).status === 200;
      await until("it has figures", isUp);
      mortal.suspend();
      const hurried = await http(gateway.url, runtime, { headers: { prefer: "wait=1" } });
      expect(hurried).toMatchObject({ status: 504, body: { type: "/problems/timeout", target: mortal.address } });
      mortal.resume();
      await until("it answers again", isUp);
      await mortal.kill9();
      // Until the name server has noticed that the connection is gone, it tells of it.
      const dead = await ask("GET", runtime);
      expect([404, 502]).toContain(dead.status);
      const moved = await startBroker(generation, { nameServers: [nameServer], ...names });
      try {
        await until("it is found", isUp);
        expect((await ask("GET", "/brokers/brk-mortal")).body.brokerAddrs).toEqual({ "0": moved.address });
      } finally {
        await moved.stop();
      }
    },
    3 * startTimeoutMillis,
  );
});
