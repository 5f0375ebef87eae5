import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { createClient } from "../../src/client/client.ts";
import { getBrokerClusterInfo } from "../../src/commands/get-broker-cluster-info.ts";
import { getKvConfig } from "../../src/commands/get-kv-config.ts";
import { putKvConfig } from "../../src/commands/put-kv-config.ts";
import { type NameServer, startNameServer } from "../../src/nameserver/name-server.ts";
import { formatAddress } from "../../src/transport/address.ts";
import { connect, listen } from "../../src/transport/bun.ts";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames } from "../../tools/rocketmq/generations.ts";
import { runJava } from "../../tools/rocketmq/java.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker } from "../../tools/rocketmq/servers.ts";
import { until } from "../support/until.ts";
import { clusterRows, kvThrough, routeThrough } from "./support/read-back.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

/*
 * Brokers, clients and mqadmin of every generation with no other name server than the embedded one. The tests of a
 * generation build on each other: there is one broker, and it ends with the last of them.
 */
describe.skipIf(!rig.available).each([...generationNames])(
  `the embedded name server with everything of %s${skipped}`,
  (generation) => {
    const client = createClient({ connect });
    const topic = "embedded-topic";
    let server: NameServer;
    let nameServer: string;
    let broker: Broker;

    beforeAll(async () => {
      server = await startNameServer({ listen, address: { host: "127.0.0.1", port: 0 } });
      nameServer = formatAddress(server.address);
      broker = await startBroker(generation, { nameServers: [nameServer] });
    }, startTimeoutMillis);
    afterAll(async () => {
      await broker?.stop();
      client.close();
      await server?.close();
    });

    function admin(...args: string[]) {
      return mqadmin(generation, args, { nameServers: [nameServer] });
    }

    async function addresses() {
      const { body } = await client.call(server.address, getBrokerClusterInfo, {});
      return body?.brokerAddrTable[broker.brokerName]?.brokerAddrs ?? {};
    }

    test("a broker registers, and mqadmin lists it", async () => {
      expect(server.stats.brokers).toBe(1);
      const expected = [broker.clusterName, broker.brokerName, "0", broker.address];
      // In its first second a broker can't say how it is, and 3.2.6 leaves such a one out.
      const rows = await until("it is listed", async () => {
        const listed = await clusterRows(generation, nameServer);
        return listed.length > 0 && listed;
      });
      expect(rows).toEqual([expected]);
    });

    test("mqadmin makes a topic, the broker registers it, mqadmin reads its route", async () => {
      const { stdout } = await admin("updateTopic", "-c", broker.clusterName, "-t", topic, "-r", "3", "-w", "2");
      expect(stdout).toContain("success");
      const queues = { brokerName: broker.brokerName, readQueueNums: 3, writeQueueNums: 2, perm: 6 };
      await until("the topic has a route", async () => (await routeThrough(generation, nameServer, topic)) !== null);
      expect(await routeThrough(generation, nameServer, topic)).toMatchObject({
        brokerDatas: [{ brokerName: broker.brokerName, brokerAddrs: { 0: broker.address } }],
        queueDatas: [queues],
      });
      expect(await routeThrough(generation, nameServer, "no-such-topic")).toBeNull();
    });

    test("mqadmin writes and deletes KV, Java reads it", async () => {
      const names = ["-s", "embedded-ns", "-k", "key"];
      const key = { namespace: "embedded-ns", key: "key" };
      await admin("updateKvConfig", ...names, "-v", "value");
      expect((await client.call(server.address, getKvConfig, key)).header).toEqual({ value: "value" });
      await client.call(server.address, putKvConfig, { ...key, value: "v 值 😀" });
      expect(await kvThrough(generation, nameServer, "embedded-ns", "key")).toBe("v 值 😀");
      await admin("deleteKvConfig", ...names);
      expect((await client.call(server.address, getKvConfig, key)).code).toBe(22);
      expect(await kvThrough(generation, nameServer, "embedded-ns", "key")).toBeNull();
    });

    // 3.2.6 has JSON headers only and pays no heed to the property.
    test.each(["JSON", "ROCKETMQ"])("a Java producer and consumer with %s headers find the broker", async (type) => {
      const program = join(import.meta.dir, "java/Exchange.java");
      const options = { systemProperties: { "rocketmq.serialize.type": type } };
      const { stdout } = await runJava(generation, program, [nameServer, topic, "20", "40", type], options);
      expect(stdout).toContain("received=20");
    });

    test("mqadmin takes the write permission, and gives it back", async () => {
      await admin("wipeWritePerm", "-b", broker.brokerName);
      expect(await routeThrough(generation, nameServer, topic)).toMatchObject({ queueDatas: [{ perm: 4 }] });
      if (generation === "3.2.6") return;
      await admin("addWritePerm", "-b", broker.brokerName);
      expect(await routeThrough(generation, nameServer, topic)).toMatchObject({ queueDatas: [{ perm: 6 }] });
    });

    const hasNone = generation === "3.2.6" ? " (skipped: 3.2.6 has no such commands)" : "";
    test.skipIf(hasNone !== "")(`mqadmin shows and changes its properties${hasNone}`, async () => {
      await admin("updateNamesrvConfig", "-k", "orderMessageEnable", "-v", "true");
      const { stdout } = await admin("getNamesrvConfig");
      expect(stdout).toMatch(/orderMessageEnable\s*=\s*true/);
      expect(stdout).toMatch(/supportActingMaster\s*=\s*false/);
    });

    test("mqadmin deletes a topic here, too", async () => {
      const short = "embedded-short-lived";
      await admin("updateTopic", "-c", broker.clusterName, "-t", short);
      await until("the topic has a route", async () => (await routeThrough(generation, nameServer, short)) !== null);
      await admin("deleteTopic", "-c", broker.clusterName, "-t", short);
      expect(await routeThrough(generation, nameServer, short)).toBeNull();
    });

    test("a slave joins its master, and is gone at once when it dies", async () => {
      await using slave = await startBroker(generation, { nameServers: [nameServer], brokerId: 1 });
      expect(await addresses()).toEqual({ 0: broker.address, 1: slave.address });
      await slave.kill9();
      await until("it is gone", async () => Object.keys(await addresses()).length === 1);
      expect(await addresses()).toEqual({ 0: broker.address });
    });

    test("a broker that stops is gone, and its topics", async () => {
      // Its shutdown takes longer than the test needs it.
      broker.terminate();
      await until("it is gone", () => server.stats.brokers === 0, { withinMillis: 30_000 });
      expect(server.stats.topics).toBe(0);
    });
  },
);
