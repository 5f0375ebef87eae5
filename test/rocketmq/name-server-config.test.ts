import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { type Server, startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { startNameServer } from "../../tools/rocketmq/servers.ts";
import { sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { configThrough } from "./support/name-server-views.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

describe.skipIf(!rig.available).each(["4.9.7", "5.5.0"] as const)(
  `changing properties of a real name server of %s${skipped}`,
  (generation) => {
    let nameServer: Server;
    let gateway: GatewayProcess;
    let path: string;

    beforeAll(async () => {
      // One of its own: the shared ones are not to be reconfigured.
      nameServer = await startNameServer(generation);
      const settings = { NAMESRV_ADDR: nameServer.address, ALLOW_CONFIG_CHANGES: "true" };
      gateway = await startGatewayProcess({ settings });
      path = `/name-servers/${encodeURIComponent(nameServer.address)}/config`;
    }, startTimeoutMillis);
    afterAll(async () => {
      expect(await gateway.stop()).toBe(0);
      await nameServer.stop();
    });

    const change = (body: unknown, to = path) => http(gateway.url, to, { method: "PATCH", body });
    const stored = () => Bun.file(`${nameServer.folder}/server.properties`).text();

    test("mqadmin prints what was changed, the gateway what mqadmin changed", async () => {
      const { status, body } = await change({ productEnvName: "a = b # c:d!", orderMessageEnable: true });
      const config = { productEnvName: "a = b # c:d!", orderMessageEnable: "true" };
      expect({ status, body }).toMatchObject({ status: 200, body: { config, results: [{ ok: true, config }] } });
      expect(await configThrough(generation, nameServer.address)).toMatchObject(config);
      const args = ["updateNamesrvConfig", "-k", "productEnvName", "-v", "from mqadmin"];
      await mqadmin(generation, args, { nameServers: [nameServer.address] });
      expect((await http(gateway.url, path)).body.productEnvName).toBe("from mqadmin");
    });

    test("a text beyond ASCII comes back as it was", async () => {
      // mqadmin would misread it: it takes the answer for Latin-1.
      const config = { productEnvName: "é 值 😀" };
      expect((await change(config)).body.results).toMatchObject([{ ok: true, config }]);
      expect((await http(gateway.url, path)).body).toMatchObject(config);
    });

    test("an order configuration appears in routes once they are switched to it", async () => {
      for (const orderMessageEnable of ["false", "true"]) {
        expect((await change({ orderMessageEnable }, "/name-servers/-/config")).status).toBe(200);
        await http(gateway.url, "/kv/ORDER_TOPIC_CONFIG/nsc-t", { method: "PUT", body: { value: "nsc-b:4" } });
        const body = {
          clusterName: "nsc-c",
          brokerName: "nsc-b",
          brokerAddr: "127.0.0.1:21111",
          brokerId: 0,
          haServerAddr: "127.0.0.1:21112",
          topicConfigSerializeWrapper: { topicConfigTable: { "nsc-t": {}, "nsc-u": {} } },
        };
        await http(gateway.url, "/brokers/register", { method: "POST", body });
        const route = (await http(gateway.url, "/topics/nsc-t/route")).body;
        expect(route.orderTopicConf).toBe(orderMessageEnable === "true" ? "nsc-b:4" : undefined);
      }
    });

    test("what the server overlooks is seen in its row", async () => {
      const { body } = await change({ serverWorkerThreads: "many", nope: "x" });
      expect(body.results).toMatchObject([{ ok: true }]);
      expect(body.results[0].config).toEqual({ serverWorkerThreads: "8" });
    });

    test("what CVE-2023-37582 wrote files with never gets there", async () => {
      const before = await configThrough(generation, nameServer.address);
      const target = `${nameServer.folder}/written`;
      for (const name of [
        "configStorePath",
        "kvConfigPath",
        "rocketmqHome",
        "configBlackList",
        "configStorePathName",
      ]) {
        const { status, body } = await change({ [name]: target, productEnvName: "x" });
        expect({ name, status, code: body.code }).toEqual({ name, status: 403, code: undefined });
      }
      for (const productEnvName of [`x\nconfigStorePath=${target}`, `x\\nconfigStorePath=${target}`, "x\\"]) {
        expect((await change({ productEnvName })).status).toBe(422);
      }
      expect(await configThrough(generation, nameServer.address)).toEqual(before);
      expect(await stored()).not.toContain(target);
      expect(await Bun.file(target).exists()).toBe(false);
    });

    test("it comes up again with what was changed, as the file says", async () => {
      expect((await change({ productEnvName: "kept: #! = x" })).status).toBe(200);
      expect(await stored()).toContain("productEnvName=kept: #! = x\n");
      await nameServer.restart();
      expect((await http(gateway.url, path)).body.productEnvName).toBe("kept: #! = x");
    });

    test("lists of topics are forbidden once they are switched off, which 4.9.7 can't do", async () => {
      const isOff = generation === "5.5.0";
      const { body } = await change({ enableAllTopicList: "false", enableTopicList: "false" });
      expect(Object.keys(body.results[0].config)).toHaveLength(isOff ? 2 : 0);
      for (const list of ["/topics", "/topics?unit=true"]) {
        const { status, body } = await http(gateway.url, list);
        const seen = { list, status, detail: body.detail };
        expect(seen).toEqual({
          list,
          ...(isOff ? { status: 403, detail: "disable" } : { status: 200, detail: undefined }),
        });
      }
      const diff = await http(gateway.url, "/name-servers/diff");
      expect(diff).toMatchObject(
        isOff ? { status: 502, body: { results: [{ code: 1, remark: "disable" }] } } : { status: 200 },
      );
      await change({ enableAllTopicList: "true", enableTopicList: "true" });
      expect((await http(gateway.url, "/topics")).status).toBe(200);
    });
  },
);

describe.skipIf(!rig.available)(`properties of a real name server of 3.2.6${skipped}`, () => {
  test("are 501, and 403 while changes are switched off", async () => {
    const { address } = await sharedNameServer("3.2.6");
    for (const ALLOW_CONFIG_CHANGES of ["true", "false"]) {
      const gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: address, ALLOW_CONFIG_CHANGES } });
      try {
        const init = { method: "PATCH", body: { productEnvName: "x" } };
        const changed = await http(gateway.url, "/name-servers/-/config", init);
        expect(changed.status).toBe(ALLOW_CONFIG_CHANGES === "true" ? 501 : 403);
      } finally {
        expect(await gateway.stop()).toBe(0);
      }
    }
  });
});
