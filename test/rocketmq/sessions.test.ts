import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { type Generation, generationNames } from "../../tools/rocketmq/generations.ts";
import { runJava } from "../../tools/rocketmq/java.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import type { Server } from "../../tools/rocketmq/server.ts";
import { type Broker, startBroker, startNameServer } from "../../tools/rocketmq/servers.ts";
import { type Listener, listen } from "../support/events.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(120_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

const TOPIC = "session-t";
const GROUP = "session-g";
const PRODUCERS = "session-p";
const CLIENT = "session@1";
const QUEUES = 2;

/** Transactions are asked about soon, and offsets are reset by clients. */
const properties: Readonly<Record<Generation, Readonly<Record<string, string | number | boolean>>>> = {
  "3.2.6": {},
  "4.9.7": { transactionTimeOut: 1_000, transactionCheckInterval: 2_000 },
  "5.5.0": { transactionTimeOut: 1_000, transactionCheckInterval: 2_000, useServerSideResetOffset: false },
};

describe.skipIf(!rig.available).each([...generationNames])(
  `a client session at a real broker of %s${skipped}`,
  (generation) => {
    let nameServer: Server;
    let broker: Broker;
    let gateway: GatewayProcess;
    let session: string;
    let events: Listener;

    beforeAll(async () => {
      nameServer = await startNameServer(generation);
      const nameServers = [nameServer.address];
      broker = await startBroker(generation, { nameServers, properties: properties[generation] });
      gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer.address, LOG: "off" } });
      const queues = String(QUEUES);
      await admin("updateTopic", "-c", "DefaultCluster", "-t", TOPIC, "-r", queues, "-w", queues);
      await until("the topic is there", async () => (await http(gateway.url, `/topics/${TOPIC}/route`)).status === 200);
      const body = { clientId: CLIENT, producerGroups: [PRODUCERS], consumerGroups: [{ group: GROUP, topic: TOPIC }] };
      const opened = await http(gateway.url, "/sessions", { method: "POST", body });
      expect(opened).toMatchObject({
        status: 201,
        body: { results: [{ ok: true, code: 0, brokerAddr: broker.address }] },
      });
      session = opened.headers.get("location") ?? "";
      events = listen(await fetch(`${gateway.url}${session}/events`));
    }, 180_000);
    afterAll(async () => {
      await gateway?.kill9();
      await broker?.stop();
      await nameServer?.stop();
    });

    async function admin(...args: string[]): Promise<string> {
      const { stdout, stderr } = await mqadmin(generation, args, { nameServers: [nameServer.address] });
      return stdout + stderr;
    }

    /** Sends a request to the broker. */
    async function invoke(name: string, extFields: Record<string, string | number | boolean>, body?: string) {
      const invocation = { target: "broker:broker-a", name, extFields, ...(body !== undefined && { body }) };
      return (await http(gateway.url, "/invoke", { method: "POST", body: invocation })).body;
    }

    function reply(eventId: string, body: object) {
      return http(gateway.url, `${session}/replies/${eventId}`, { method: "POST", body });
    }

    /** Sends a message: its offset message id. */
    async function send(text: string): Promise<string> {
      const common = {
        producerGroup: "pg",
        topic: TOPIC,
        defaultTopic: "TBW102",
        defaultTopicQueueNums: 4,
        queueId: 0,
      };
      const rest = {
        sysFlag: 0,
        bornTimestamp: Date.now(),
        flag: 0,
        properties: "",
        reconsumeTimes: 0,
        unitMode: false,
      };
      const { code, extFields } = await invoke("SEND_MESSAGE", { ...common, ...rest }, text);
      expect(code).toBe(0);
      return extFields.msgId;
    }

    test("is a member of its groups, as Java's administrators see it", async () => {
      const members = await admin("consumerConnection", "-g", GROUP);
      expect(members).toContain(CLIENT);
      expect(members).toContain(TOPIC);
      expect(await admin("producerConnection", "-g", PRODUCERS, "-t", TOPIC)).toContain(CLIENT);
      // Its own coming is the first thing that it hears of.
      expect(await events.next()).toMatchObject({
        event: "group-changed",
        data: { extFields: { consumerGroup: GROUP } },
      });
    });

    test("hears of another member that comes and goes", async () => {
      const program = join(import.meta.dir, "java/Exchange.java");
      const exchange = runJava(generation, program, [nameServer.address, TOPIC, "1", "1", GROUP]);
      const came = await events.next("group-changed");
      const left = await events.next("group-changed");
      expect([came?.data.oneway, left?.data.extFields.consumerGroup]).toEqual([true, GROUP]);
      expect((await exchange).exitCode).toBe(0);
    });

    test("tells an administrator what it does, in its own words", async () => {
      const asking = admin("consumerStatus", "-g", GROUP, "-i", CLIENT);
      const { data } = (await events.next("running-info-request")) ?? {};
      expect(data.extFields).toMatchObject({ consumerGroup: GROUP, clientId: CLIENT });
      const properties = {
        PROP_CONSUME_TYPE: "CONSUME_PASSIVELY",
        PROP_CONSUMER_START_TIMESTAMP: "1",
        IN_OWN_WORDS: "written by hand",
      };
      const queue = { brokerName: "broker-a", queueId: 1, topic: TOPIC };
      const numbers = { commitOffset: 4_711, cachedMsgMinOffset: 0, cachedMsgMaxOffset: 0, cachedMsgCount: 0 };
      const transaction = { transactionMsgMinOffset: 0, transactionMsgMaxOffset: 0, transactionMsgCount: 0 };
      const times = { tryUnlockTimes: 0, lastLockTimestamp: 0, lastPullTimestamp: 0, lastConsumeTimestamp: 0 };
      const mqTable = [{ ...queue, ...numbers, ...transaction, ...times, locked: false, droped: false }];
      expect((await reply(data.eventId, { body: { properties, mqTable } })).status).toBe(204);
      const shown = await asking;
      expect(shown).toContain("written by hand");
      expect(shown).toMatch(/session-t +broker-a +1 +4711/);
    });

    test("consumes a message by hand", async () => {
      const msgId = await send("consume me");
      const isNew = generation === "5.5.0";
      const asking = admin("queryMsgById", "-i", msgId, "-g", GROUP, "-d", CLIENT, ...(isNew ? ["-t", TOPIC] : []));
      if (isNew) {
        // This tool looks first whether messages are handed to the client.
        const info = { properties: { PROP_CONSUME_TYPE: "CONSUME_PASSIVELY" } };
        const looked = await events.next("running-info-request");
        expect((await reply(looked?.data.eventId, { body: info })).status).toBe(204);
      }
      const { data } = (await events.next("consume-request")) ?? {};
      expect(data.extFields).toMatchObject({ consumerGroup: GROUP, clientId: CLIENT, brokerName: "broker-a" });
      expect(data.body).toMatchObject({ topic: TOPIC, offsetMsgId: msgId, body: "consume me", queueId: 0 });
      const result = {
        order: false,
        autoCommit: true,
        consumeResult: "CR_SUCCESS",
        remark: "by hand",
        spentTimeMills: 3,
      };
      expect((await reply(data.eventId, { body: result })).status).toBe(204);
      const shown = await asking;
      expect(shown).toContain("CR_SUCCESS");
      expect(shown).toContain("by hand");
    });

    test("tells where it is in a topic", async () => {
      const program = join(import.meta.dir, "java/ReadStatus.java");
      const asking = runJava(generation, program, [nameServer.address, TOPIC, GROUP]);
      const { data } = (await events.next("status-request")) ?? {};
      expect(data.extFields).toMatchObject({ group: GROUP, topic: TOPIC });
      const messageQueueTable = [{ brokerName: "broker-a", queueId: 1, topic: TOPIC, offset: 4_711 }];
      expect((await reply(data.eventId, { body: { messageQueueTable } })).status).toBe(204);
      expect((await asking).stdout).toContain(`${CLIENT} 1=4711\n`);
    });

    test("is told to go on from other offsets", async () => {
      for (let queueId = 0; queueId < QUEUES; queueId++) {
        await invoke("UPDATE_CONSUMER_OFFSET", { consumerGroup: GROUP, topic: TOPIC, queueId, commitOffset: 1 });
      }
      const resetting = admin("resetOffsetByTime", "-g", GROUP, "-t", TOPIC, "-s", "0", "-f", "true");
      const { data } = (await events.next("offsets-reset")) ?? {};
      expect(data).toMatchObject({ oneway: true, extFields: { group: GROUP, topic: TOPIC } });
      const queues = data.body.offsetTable.map(({ brokerName, queueId }: Record<string, unknown>) => [
        brokerName,
        queueId,
      ]);
      expect(queues.sort()).toEqual(Array.from({ length: QUEUES }, (_, queueId) => ["broker-a", queueId]));
      expect((await reply(data.eventId, {})).status).toBe(409);
      await resetting;
    });

    const neverAsks = generation === "3.2.6" ? " (skipped: 3.2.6 never asks)" : "";
    test.skipIf(neverAsks !== "")(
      `is asked what became of a transaction whose producer is gone${neverAsks}`,
      async () => {
        const program = join(import.meta.dir, "java/SendHalf.java");
        const { stdout } = await runJava(generation, program, [nameServer.address, TOPIC, PRODUCERS]);
        const sent = /^sent=(.+)$/m.exec(stdout)?.[1];
        const { data } = (await events.next("transaction-check")) ?? {};
        expect(data).toMatchObject({ oneway: true, deadline: null, extFields: { msgId: sent } });
        expect(data.body).toMatchObject({ topic: TOPIC, msgId: sent, body: "half", properties: { PGROUP: PRODUCERS } });
        const { tranStateTableOffset, commitLogOffset, msgId, transactionId } = data.extFields;
        const commit = { producerGroup: PRODUCERS, commitOrRollback: 8, fromTransactionCheck: true };
        const ended = { ...commit, tranStateTableOffset, commitLogOffset, msgId, transactionId };
        expect(await invoke("END_TRANSACTION", ended)).toMatchObject({ code: 0 });
      },
    );

    test("is there again after its broker was killed", async () => {
      await broker.kill9();
      const state = async () => (await http(gateway.url, session)).body.results[0];
      await until("the loss is seen", async () => !(await state()).connected);
      await broker.restart();
      await until("it is connected again", async () => (await state()).ok && (await state()).connected, {
        withinMillis: 30_000,
      });
      expect(await admin("consumerConnection", "-g", GROUP)).toContain(CLIENT);
      expect(await http(gateway.url, `${session}/heartbeat`, { method: "PUT" })).toMatchObject({
        status: 200,
        body: { expiresAt: null, results: [{ ok: true }] },
      });
    });

    test("answers by itself what nobody hears, and leaves when it is deleted", async () => {
      await events.close();
      await until("nobody listens", async () => (await http(gateway.url, session)).body.listeners === 0);
      const shown = await admin("consumerStatus", "-g", GROUP, "-i", CLIENT);
      expect(shown).toContain("PROP_CONSUMER_START_TIMESTAMP");
      expect(shown).toContain(TOPIC);
      expect((await http(gateway.url, session, { method: "DELETE" })).status).toBe(200);
      expect(await admin("consumerConnection", "-g", GROUP)).not.toContain(CLIENT);
      expect((await http(gateway.url, session)).status).toBe(410);
    });
  },
);
