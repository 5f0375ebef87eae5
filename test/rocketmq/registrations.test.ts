import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { clusterRows, kvThrough, routeThrough } from "./support/read-back.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

describe.skipIf(!rig.available).each([...generationNames])(
  `a gateway before a real name server of %s${skipped}`,
  (generation) => {
    let gateway: GatewayProcess;
    let nameServer: string;

    beforeAll(async () => {
      nameServer = (await sharedNameServer(generation)).address;
      gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
    }, startTimeoutMillis);
    afterAll(async () => {
      expect(await gateway.stop()).toBe(0);
    });

    function register(overrides: Record<string, unknown>) {
      return http(gateway.url, "/brokers/register", { method: "POST", body: broker(overrides) });
    }

    test("mqadmin sees what was registered, and its topics", async () => {
      const topicConfigTable = { "reg-t1": { readQueueNums: 3 }, "reg-t2": {} };
      const names = { clusterName: "reg-c", brokerName: "reg-b", brokerAddr: "127.0.0.1:20911" };
      const { status, body, headers } = await register({ ...names, topicConfigSerializeWrapper: { topicConfigTable } });
      expect({ status, held: body.held, ok: body.results[0].ok }).toEqual({ status: 201, held: true, ok: true });
      expect(await clusterRows(generation, nameServer)).toContainEqual(["reg-c", "reg-b", "0", "127.0.0.1:20911"]);
      expect(await routeThrough(generation, nameServer, "reg-t1")).toMatchObject({
        brokerDatas: [{ brokerName: "reg-b", brokerAddrs: { 0: "127.0.0.1:20911" } }],
        queueDatas: [{ brokerName: "reg-b", readQueueNums: 3, writeQueueNums: 8, perm: 6 }],
      });

      const deleted = await http(gateway.url, headers.get("location") ?? "", { method: "DELETE" });
      expect(deleted.status).toBe(200);
      const isGone = async () => !(await clusterRows(generation, nameServer)).some((row) => row.includes("reg-b"));
      await until("the broker is gone", isGone, { withinMillis: 2_000 });
    });

    test("a broker may begin with a single topic", async () => {
      const names = { clusterName: "one-c", brokerName: "one-b", brokerAddr: "127.0.0.1:20921" };
      const wrapper = { topicConfigTable: { "one-topic": {} } };
      const { status } = await register({ ...names, topicConfigSerializeWrapper: wrapper });
      expect(status).toBe(201);
      expect(await routeThrough(generation, nameServer, "one-topic")).toMatchObject({
        queueDatas: [{ brokerName: "one-b" }],
      });
      const seen = await http(gateway.url, "/topics/one-topic/route");
      expect(seen.body).toMatchObject({ brokerDatas: [{ brokerAddrs: { 0: "127.0.0.1:20921" } }] });
    });

    test("compressed goes out as the server reads it", async () => {
      const names = { clusterName: "zip-c", brokerName: "zip-b", brokerAddr: "127.0.0.1:20931", compressed: true };
      const wrapper = { topicConfigTable: { "zip-t1": { perm: 4 }, "zip-t2": { writeQueueNums: 1 } } };
      expect((await register({ ...names, topicConfigSerializeWrapper: wrapper })).status).toBe(201);
      expect(await routeThrough(generation, nameServer, "zip-t1")).toMatchObject({ queueDatas: [{ perm: 4 }] });
      expect(await routeThrough(generation, nameServer, "zip-t2")).toMatchObject({
        queueDatas: [{ writeQueueNums: 1 }],
      });
    });

    test("PUT moves the DataVersion: the server takes the new queues", async () => {
      const names = { clusterName: "put-c", brokerName: "put-b", brokerAddr: "127.0.0.1:20941" };
      const before = { topicConfigTable: { "put-t1": {}, "put-t2": {} } };
      const { headers } = await register({ ...names, topicConfigSerializeWrapper: before });
      const after = { topicConfigTable: { "put-t1": { readQueueNums: 16 } } };
      const path = `${headers.get("location")}?deleteStale=true`;
      const changed = await http(gateway.url, path, { method: "PUT", body: { topicConfigSerializeWrapper: after } });
      expect(changed).toMatchObject({ status: 200, body: { staleTopics: ["put-t2"] } });
      expect(await routeThrough(generation, nameServer, "put-t1")).toMatchObject({
        queueDatas: [{ readQueueNums: 16 }],
      });
      expect(await routeThrough(generation, nameServer, "put-t2")).toBeNull();
    });

    test("a slave hears of its master and of the order configuration", async () => {
      const names = { clusterName: "ha-c", brokerName: "ha-b" };
      await http(gateway.url, "/kv/ORDER_TOPIC_CONFIG/ha-t", { method: "PUT", body: { value: "ha-b:4" } });
      await register({ ...names, brokerAddr: "127.0.0.1:20951", haServerAddr: "127.0.0.1:20952" });
      const slave = await register({ ...names, brokerId: 1, brokerAddr: "127.0.0.1:20961" });
      expect(slave.body).toMatchObject({
        masterAddr: "127.0.0.1:20951",
        haServerAddr: "127.0.0.1:20952",
        kvTable: { table: { "ha-t": "ha-b:4" } },
      });
      await http(gateway.url, "/kv/ORDER_TOPIC_CONFIG/ha-t", { method: "DELETE" });
    });

    test("mqadmin reads the KV that was written, and the gateway what mqadmin wrote", async () => {
      const value = "v 值 😀";
      await http(gateway.url, "/kv/kv-ns/k%2F1", { method: "PUT", body: { value } });
      expect(await kvThrough(generation, nameServer, "kv-ns", "k/1")).toBe(value);
      expect((await http(gateway.url, "/kv/kv-ns/k%2F1")).body.value).toBe(value);
      await http(gateway.url, "/kv/kv-ns/k%2F1", { method: "DELETE" });
      expect((await http(gateway.url, "/kv/kv-ns/k%2F1")).status).toBe(404);
      expect(await kvThrough(generation, nameServer, "kv-ns", "k/1")).toBeNull();
    });

    test("force:false sends only what differs, and data-version says so", async () => {
      const names = { clusterName: "dv-c", brokerName: "dv-b", brokerAddr: "127.0.0.1:20971" };
      const dataVersion = { stateVersion: 0, timestamp: 1_700_000_000_123, counter: 9_007_199_254_740_991 };
      const body = {
        ...names,
        topicConfigSerializeWrapper: { topicConfigTable: { "dv-1": {}, "dv-2": {} }, dataVersion },
      };
      await register(body);
      const again = await register({ ...body, force: false });
      const isAsked = generation !== "3.2.6";
      expect(again).toMatchObject({ status: 200, body: { results: [{ needRegister: !isAsked }] } });

      const { haServerAddr, ...identity } = broker(names);
      const asked = await http(gateway.url, "/brokers/data-version", {
        method: "POST",
        body: { ...identity, dataVersion },
      });
      if (isAsked) expect(asked).toMatchObject({ status: 200, body: { needRegister: false } });
      else expect(asked.status).toBe(501);
    });
  },
);
