import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames, rowOf } from "../../tools/rocketmq/generations.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { broker, type HttpAnswer, http } from "../support/http.ts";
import { configThrough, topicsThrough } from "./support/name-server-views.ts";
import { kvThrough, routeThrough } from "./support/read-back.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

describe.skipIf(!rig.available).each([...generationNames])(
  `name-server operations on a real name server of %s${skipped}`,
  (generation) => {
    let gateway: GatewayProcess;
    let nameServer: string;
    const isOld = generation === "3.2.6";

    beforeAll(async () => {
      nameServer = (await sharedNameServer(generation)).address;
      gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer } });
    }, startTimeoutMillis);
    afterAll(async () => {
      expect(await gateway.stop()).toBe(0);
    });

    const ask = (method: string, path: string, body?: unknown) => http(gateway.url, path, { method, body });

    async function register(name: string, port: number, topicConfigTable: object): Promise<void> {
      const names = { clusterName: `${name}-c`, brokerName: `${name}-b`, brokerAddr: `127.0.0.1:${port}` };
      const { status } = await ask(
        "POST",
        "/brokers/register",
        broker({ ...names, topicConfigSerializeWrapper: { topicConfigTable } }),
      );
      expect(status).toBe(201);
    }

    async function permissions(topic: string): Promise<number[] | undefined> {
      const route = (await routeThrough(generation, nameServer, topic)) as { queueDatas: { perm: number }[] } | null;
      return route?.queueDatas.map(({ perm }) => perm);
    }

    function topicsOf({ body }: HttpAnswer): string[] {
      return body.data.map(({ topic }: { topic: string }) => topic);
    }

    test("Java sees the write permission taken and given back, the gateway what mqadmin took", async () => {
      await register("nsr-perm", 21_011, { "nsr-perm-t": {}, "nsr-perm-r": { perm: 4 } });
      const path = "/brokers/nsr-perm-b/write-permission";
      const wiped = await ask("DELETE", path);
      expect(wiped).toMatchObject({ status: 200, body: { results: [{ nameServer, ok: true, wipeTopicCount: 2 }] } });
      expect(await permissions("nsr-perm-t")).toEqual([4]);

      const added = await ask("PUT", path);
      if (isOld) expect(added).toMatchObject({ status: 501, body: { type: "/problems/not-supported" } });
      else {
        expect(added).toMatchObject({ status: 200, body: { results: [{ ok: true, addTopicCount: 2 }] } });
        expect([await permissions("nsr-perm-t"), await permissions("nsr-perm-r")]).toEqual([[6], [6]]);
        await mqadmin(generation, ["wipeWritePerm", "-b", "nsr-perm-b"], { nameServers: [nameServer] });
      }
      expect((await ask("GET", "/topics/nsr-perm-t/route")).body.queueDatas).toMatchObject([{ perm: 4 }]);
      for (const method of isOld ? ["DELETE"] : ["DELETE", "PUT"]) {
        expect((await ask(method, "/brokers/nsr-nobody/write-permission")).status).toBe(404);
      }
    });

    test("lists have the topics that Java lists", async () => {
      const flags = [0, 1, 2, 3].map((topicSysFlag) => [`nsr-list%${topicSysFlag}`, { topicSysFlag }]);
      await register("nsr-list", 21_021, { ...Object.fromEntries(flags), "%RETRY%nsr-list": {} });
      const java = await topicsThrough(generation, nameServer, "nsr-list-c");
      const own = (topics: string[]) => topics.filter((topic) => topic.includes("nsr-list"));
      const of = (...flags: number[]) => flags.map((flag) => `nsr-list%${flag}`);

      const cluster = topicsOf(await ask("GET", "/clusters/nsr-list-c/topics"));
      expect(cluster).toEqual(["%RETRY%nsr-list", ...of(0, 1, 2, 3)]);
      expect(java("cluster")).toEqual(cluster);
      for (const [path, list, topics] of [
        ["/topics", "all", cluster],
        ["/topics?unit=true", "unit", of(1, 3)],
        ["/topics?unitSubscription=true", "unitSub", of(2, 3)],
        ["/topics?unitSubscription=true&unit=false", "unitSubUnunit", of(2)],
      ] as const) {
        const answer = await ask("GET", path);
        expect({ path, next: answer.body.next, topics: own(topicsOf(answer)) }).toEqual({
          path,
          next: null,
          topics: [...topics],
        });
        expect({ path, java: own(java(list)) }).toEqual({ path, java: [...topics] });
      }

      const system = await ask("GET", "/topics?type=system");
      expect(topicsOf(system)).toEqual(expect.arrayContaining(["nsr-list-c", "nsr-list-b"]));
      expect(system.body.brokerAddr).toMatch(/^127\.0\.0\.1:\d+$/);
      expect((await ask("GET", "/clusters/nsr-nowhere/topics")).status).toBe(404);
    });

    test("Java has no route any more of a topic that was deleted, in one cluster or in all", async () => {
      for (const [name, port] of [
        ["nsr-del1", 21_031],
        ["nsr-del2", 21_041],
      ] as const) {
        await register(name, port, { "nsr-del%t/1": {}, "nsr-del-u": {} });
      }
      const path = "/name-servers/-/topics/nsr-del%25t%2F1";
      const one = await ask("DELETE", `${path}?cluster=nsr-del2-c`);
      expect(one.status).toBe(isOld ? 501 : 200);
      const brokers = async () => {
        const route = (await routeThrough(generation, nameServer, "nsr-del%t/1")) as { queueDatas: object[] } | null;
        return route?.queueDatas.length;
      };
      expect(await brokers()).toBe(isOld ? 2 : 1);
      const named = `/name-servers/${encodeURIComponent(nameServer)}/topics/nsr-del%25t%2F1`;
      expect((await ask("DELETE", named)).body).toMatchObject({
        topic: "nsr-del%t/1",
        results: [{ nameServer, ok: true }],
      });
      expect(await brokers()).toBeUndefined();
      expect((await ask("GET", "/topics/nsr-del%25t%2F1/route")).status).toBe(404);
      expect(await permissions("nsr-del-u")).toEqual([6, 6]);
    });

    test("Java finds the entries that were deleted by value gone, and the others", async () => {
      for (const [key, value] of [
        ["k/1", "v 值"],
        ["k%2", "v 值"],
        ["k3", "v"],
      ] as const) {
        await ask("PUT", `/kv/nsr-kv/${encodeURIComponent(key)}`, { value });
      }
      const byValue = `/kv/nsr-kv?value=${encodeURIComponent("v 值")}`;
      expect((await ask("GET", byValue)).body).toEqual({ table: { "k/1": "v 值", "k%2": "v 值" } });
      expect((await ask("DELETE", byValue)).body).toMatchObject({ keys: ["k%2", "k/1"], results: [{ ok: true }] });
      expect(await kvThrough(generation, nameServer, "nsr-kv", "k/1")).toBeNull();
      expect(await kvThrough(generation, nameServer, "nsr-kv", "k%2")).toBeNull();
      expect(await kvThrough(generation, nameServer, "nsr-kv", "k3")).toBe("v");
      expect((await ask("GET", "/kv/nsr-kv")).body).toEqual({ table: { k3: "v" } });
    });

    test("its health has its version, its properties are those that mqadmin prints", async () => {
      expect((await ask("GET", "/name-servers")).body.data).toMatchObject([
        {
          nameServer,
          reachable: true,
          versionName: rowOf(generation).reportedVersion,
          generation: `${generation[0]}.x`,
        },
      ]);
      const config = await ask("GET", `/name-servers/${encodeURIComponent(nameServer)}/config`);
      if (isOld) expect(config.status).toBe(501);
      else expect(config).toMatchObject({ status: 200, body: await configThrough(generation, nameServer) });
    });
  },
);
