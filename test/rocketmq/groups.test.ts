import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { realRocketmq } from "../../tools/rocketmq/available.ts";
import { generationNames, rowOf } from "../../tools/rocketmq/generations.ts";
import { mqadmin } from "../../tools/rocketmq/mqadmin.ts";
import { startTimeoutMillis } from "../../tools/rocketmq/server.ts";
import type { Broker } from "../../tools/rocketmq/servers.ts";
import { sharedBroker, sharedNameServer } from "../../tools/rocketmq/shared.ts";
import { type GatewayProcess, startGatewayProcess } from "../support/gateway-process.ts";
import { http } from "../support/http.ts";
import { until } from "../support/until.ts";
import { type Members, startMembers } from "./support/members.ts";

// Each look through Java starts a JVM.
setDefaultTimeout(60_000);

const rig = realRocketmq();
const skipped = rig.available ? "" : ` (skipped: ${rig.reason})`;

const TOPIC = "grp-t";
const PRODUCERS = "grp-p";
/** A group that is suspended, one that sees what it misses, and one that wants other tags. */
const [GROUP, WITNESS, PICKY] = ["grp-g", "grp-w", "grp-picky"] as const;

describe.skipIf(!rig.available).each([...generationNames])(`groups at a real broker of %s${skipped}`, (generation) => {
  let gateway: GatewayProcess;
  let nameServer: string;
  let broker: Broker;
  let members: Members;
  const isOld = generation === "3.2.6";
  const isNew = generation === "5.5.0";

  beforeAll(async () => {
    nameServer = (await sharedNameServer(generation)).address;
    broker = await sharedBroker(generation);
    gateway = await startGatewayProcess({ settings: { NAMESRV_ADDR: nameServer, LOG: "off" } });
    const queues = { readQueueNums: 1, writeQueueNums: 1 };
    expect((await ask("PUT", `/topics/${TOPIC}?cluster=${broker.clusterName}`, queues)).status).toBe(200);
    await until("the topic is there", async () => (await ask("GET", `/topics/${TOPIC}/route`)).status === 200);
    const consumers = { [GROUP]: "*", [WITNESS]: "*", [PICKY]: "other" };
    members = await startMembers(generation, { nameServer, topic: TOPIC, producerGroup: PRODUCERS, consumers });
  }, 3 * startTimeoutMillis);
  afterAll(async () => {
    await members?.[Symbol.asyncDispose]();
    expect(await gateway.stop()).toBe(0);
  });

  const ask = (method: string, path: string, body?: unknown) => http(gateway.url, path, { method, body });

  async function admin(...args: string[]): Promise<string> {
    const { stdout, stderr } = await mqadmin(generation, args, { nameServers: [nameServer] });
    return stdout + stderr;
  }

  /** The groups that the broker keeps in its own file. */
  async function kept(): Promise<Record<string, Record<string, unknown>>> {
    const text = await Bun.file(`${broker.folder}/store/config/subscriptionGroup.json`).text();
    return JSON.parse(text).subscriptionGroupTable;
  }

  async function invoke(name: string, extFields: Record<string, string | number | boolean>, body?: string) {
    const invocation = { target: `broker:${broker.brokerName}`, name, extFields, ...(body !== undefined && { body }) };
    return (await ask("POST", "/invoke", invocation)).body;
  }

  /** Sends a message: its offset message id. */
  async function send(text: string): Promise<string> {
    const { code, extFields } = await invoke(
      "SEND_MESSAGE",
      {
        producerGroup: "pg",
        topic: TOPIC,
        defaultTopic: "TBW102",
        defaultTopicQueueNums: 1,
        queueId: 0,
        sysFlag: 0,
        bornTimestamp: Date.now(),
        flag: 0,
        properties: "TAGS\u0001red\u0002",
        reconsumeTimes: 0,
        unitMode: false,
      },
      text,
    );
    expect(code).toBe(0);
    return extFields.msgId;
  }

  /** What the broker answers to a pull by the group. */
  async function pull(consumerGroup: string): Promise<number> {
    const where = { topic: TOPIC, queueId: 0, queueOffset: 0, commitOffset: 0, maxMsgNums: 1 };
    const how = { sysFlag: 4, suspendTimeoutMillis: 0, subscription: "*", subVersion: 0 };
    return (await invoke("PULL_MESSAGE", { consumerGroup, ...where, ...how })).code;
  }

  const gets = (group: string, text: string) =>
    until(`${group} gets ${text}`, () => members.got(group).includes(text), { withinMillis: 30_000 });

  test("the broker keeps the group that was put, and no more once it was deleted", async () => {
    const newer = { consumeMessageOrderly: true, consumeTimeoutMinute: 30, attributes: { "priority.factor": "100" } };
    const given = { consumeBroadcastEnable: false, retryQueueNums: 2, retryMaxTimes: 3, ...(isNew && newer) };
    const put = await ask("PUT", `/groups/grp-put?cluster=${broker.clusterName}`, given);
    const row = { brokerName: broker.brokerName, brokerId: 0, brokerAddr: broker.address, ok: true, code: 0 };
    expect(put).toMatchObject({ status: 200, body: { groupName: "grp-put", ...given, results: [row] } });
    const { results: _, ...stated } = put.body;
    expect((await kept())["grp-put"]).toMatchObject(stated);

    const got = await ask("GET", "/groups/grp-put");
    expect({ status: got.status, body: got.body }).toEqual({ status: 200, body: (await kept())["grp-put"] as object });
    // What GET tells can be put as it is.
    const again = await ask("PUT", `/groups/grp-put?broker=${broker.brokerName}`, { ...got.body, retryMaxTimes: 5 });
    expect(again.status).toBe(200);
    expect((await ask("GET", "/groups/grp-put")).body).toEqual({ ...got.body, retryMaxTimes: 5 });
    expect((await kept())["grp-put"]).toMatchObject({ retryMaxTimes: 5 });

    const path = `/groups/grp-put?cluster=${broker.clusterName}`;
    if (isNew) {
      const anew = await ask("DELETE", path);
      expect(anew).toMatchObject({ status: 409, body: { hint: expect.stringContaining("?cleanOffset=true") } });
      expect((await kept())["grp-put"]).toMatchObject({ retryMaxTimes: 16 });
    }
    const deleted = await ask("DELETE", isNew ? `${path}&cleanOffset=true` : path);
    expect(deleted).toMatchObject({ status: 200, body: { groupName: "grp-put", results: [row] } });
    expect((await kept())["grp-put"]).toBeUndefined();
    expect(await ask("GET", "/groups/grp-put")).toMatchObject({ status: 404 });
  });

  test("the gateway has the group that mqadmin made, and mqadmin deletes the gateway's", async () => {
    const address = ["-b", broker.address];
    await admin("updateSubGroup", ...address, "-g", "grp-java", "-s", "false", "-q", "3", "-r", "4", "-w", "2");
    const made = { consumeEnable: false, retryQueueNums: 3, retryMaxTimes: 4, whichBrokerWhenConsumeSlowly: 2 };
    expect((await ask("GET", "/groups/grp-java")).body).toMatchObject({ groupName: "grp-java", ...made });
    const own = { groupName: "grp-java", ...made };
    const all = await ask("GET", "/groups");
    expect(all.body.data).toContainEqual(expect.objectContaining({ ...own, brokerNames: [broker.brokerName] }));
    const here = await ask("GET", `/brokers/${broker.brokerName}/groups`);
    expect(here.body.data).toContainEqual(expect.objectContaining(own));
    expect(here.body.data.map((row: { groupName: string }) => row.groupName).sort()).toEqual(
      Object.keys(await kept()).sort(),
    );
    await admin("deleteSubGroup", ...address, "-g", "grp-java", ...(isNew ? ["-r", "true"] : []));
    expect((await ask("GET", "/groups/grp-java")).status).toBe(404);
  });

  test("what a generation doesn't know is refused, not overlooked", async () => {
    const put = (body: object) => ask("PUT", `/groups/grp-new?cluster=${broker.clusterName}`, body);
    expect((await put({ consumeMessageOrderly: true })).status).toBe(isNew ? 200 : 501);
    expect((await put({ notifyConsumerIdsChangedEnable: false })).status).toBe(isOld ? 501 : 200);
    await ask("DELETE", `/groups/grp-new?cluster=${broker.clusterName}`);
    const bad = await ask("PUT", `/groups/bad%20group!?cluster=${broker.clusterName}`, {});
    expect(bad.status).toBe(isNew ? 400 : 200);
    await ask("DELETE", `/groups/bad%20group!?cluster=${broker.clusterName}`);
  });

  test("a group that is deleted with its offsets has none any more", async () => {
    await ask("PUT", `/groups/grp-off?cluster=${broker.clusterName}`, {});
    const place = { consumerGroup: "grp-off", topic: TOPIC, queueId: 0 };
    await invoke("UPDATE_CONSUMER_OFFSET", { ...place, commitOffset: 1 });
    const consumes = async () =>
      JSON.parse((await invoke("QUERY_TOPIC_CONSUME_BY_WHO", { topic: TOPIC })).body).groupList;
    expect(await consumes()).toContain("grp-off");
    const deleted = await ask("DELETE", `/groups/grp-off?cluster=${broker.clusterName}&cleanOffset=true`);
    expect(deleted.status).toBe(isOld ? 501 : 200);
    if (!isOld) expect(await consumes()).not.toContain("grp-off");
  });

  test("a suspended group gets nothing until it goes on", async () => {
    await send("before");
    await gets(GROUP, "before");
    expect(await pull(GROUP)).toBe(0);
    const suspended = await ask("PUT", `/groups/${GROUP}/state`, { state: "suspended" });
    expect(suspended).toMatchObject({
      status: 200,
      body: {
        state: "suspended",
        emulatedBy: ["GET_ALL_SUBSCRIPTIONGROUP_CONFIG", "UPDATE_AND_CREATE_SUBSCRIPTIONGROUP"],
        results: [{ ok: true }],
      },
    });
    expect((await kept())[GROUP]).toMatchObject({ consumeEnable: false });
    const state = async () => (await ask("GET", `/groups/${GROUP}/state`)).body.data;
    expect(await state()).toEqual([{ brokerName: broker.brokerName, state: "suspended" }]);
    expect(await pull(GROUP)).toBe(16);

    await send("during");
    await gets(WITNESS, "during");
    expect(await pull(GROUP)).toBe(16);
    expect(members.got(GROUP)).not.toContain("during");

    expect((await ask("PUT", `/groups/${GROUP}/state?broker=${broker.brokerName}`, { state: "running" })).status).toBe(
      200,
    );
    expect((await kept())[GROUP]).toMatchObject({ consumeEnable: true });
    await gets(GROUP, "during");
    expect((await ask("PUT", "/groups/grp-nobody/state", { state: "running" })).status).toBe(404);
    expect((await ask("GET", "/groups/grp-nobody/state")).status).toBe(404);
    expect((await ask("GET", "/groups/grp-nobody")).status).toBe(404);
    expect((await kept())["grp-nobody"]).toBeUndefined();
  });

  test("its clients are those that mqadmin prints", async () => {
    const { status, body } = await ask("GET", `/groups/${GROUP}/clients`);
    const clientId = members.clientOf(GROUP);
    const [client] = body.data;
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        data: [{ clientId, language: "JAVA", connections: [{ brokerName: broker.brokerName }] }],
        next: null,
        consumeType: "CONSUME_PASSIVELY",
        messageModel: "CLUSTERING",
        consumeFromWhere: "CONSUME_FROM_FIRST_OFFSET",
        subscriptionTable: { [TOPIC]: { topic: TOPIC, subString: "*" }, [`%RETRY%${GROUP}`]: { subString: "*" } },
      },
    });
    const printed = await admin("consumerConnection", "-g", GROUP);
    for (const text of [clientId, client.clientAddr, rowOf(generation).reportedVersion])
      expect(printed).toContain(text);
    const ids = await ask("GET", `/groups/${GROUP}/clients?fields=clientId`);
    expect(ids.body).toEqual({ data: [{ clientId }], next: null });
    expect((await ask("GET", "/groups/grp-nobody/clients")).status).toBe(404);
    expect((await ask("GET", "/groups/grp-nobody/clients?fields=clientId")).status).toBe(404);
  });

  test("the clients of its producer group as well", async () => {
    const { status, body } = await ask("GET", `/producer-groups/${PRODUCERS}/clients?topic=${TOPIC}`);
    const clientId = members.clientOf(PRODUCERS);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { data: [{ clientId, language: "JAVA" }], next: null },
    });
    const printed = await admin("producerConnection", "-g", PRODUCERS, "-t", TOPIC);
    for (const text of [clientId, body.data[0].clientAddr]) expect(printed).toContain(text);
    expect((await ask("GET", "/producer-groups/grp-nobody/clients")).status).toBe(404);
  });

  test("a client tells what it does, with the stacks of its threads where they are wanted", async () => {
    const path = `/groups/${GROUP}/clients/${encodeURIComponent(members.clientOf(GROUP))}`;
    const { status, body } = await ask("GET", path);
    expect(status).toBe(200);
    expect(body.properties).toMatchObject({
      PROP_CLIENT_VERSION: rowOf(generation).reportedVersion,
      PROP_CONSUME_TYPE: "CONSUME_PASSIVELY",
    });
    const queue = { topic: TOPIC, brokerName: broker.brokerName, queueId: 0, droped: false };
    expect(body.mqTable).toContainEqual(expect.objectContaining(queue));
    expect(body.subscriptionSet.map(({ topic }: { topic: string }) => topic)).toContain(TOPIC);
    expect(body.jstack).toBeUndefined();
    expect((await ask("GET", `${path}?jstack=true`)).body.jstack).toContain("ConsumeMessageThread_");
    expect((await ask("GET", `/groups/${GROUP}/clients/nobody`)).status).toBe(404);
    expect((await ask("GET", "/groups/grp-nobody/clients/nobody")).status).toBe(404);
  });

  test("a client consumes a message that it is handed, again", async () => {
    const offsetMsgId = await send("again");
    await gets(GROUP, "again");
    const path = `/groups/${GROUP}/clients/${encodeURIComponent(members.clientOf(GROUP))}/messages`;
    const { status, body } = await ask("POST", path, { offsetMsgId, topic: TOPIC });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { offsetMsgId, consumeResult: "CR_SUCCESS", order: false, autoCommit: true, results: [{ ok: true }] },
    });
    expect(members.got(GROUP).filter((text) => text === "again")).toHaveLength(2);
    expect((await ask("POST", path, { offsetMsgId })).status).toBe(200);
    expect((await ask("POST", `/groups/${GROUP}/clients/nobody/messages`, { offsetMsgId })).status).toBe(404);
    const beyond = `${offsetMsgId.slice(0, 16)}00000000FFFFFFFF`;
    expect(await ask("POST", path, { offsetMsgId: beyond })).toMatchObject({ status: 404 });
    const stranger = `0A0A0A0A00002A9F${offsetMsgId.slice(16)}`;
    expect((await ask("POST", path, { offsetMsgId: stranger })).status).toBe(404);
    expect((await ask("PATCH", `/groups/${GROUP}/clients/c`, {})).status).toBe(501);
  });

  test("what became of a message is what mqadmin tracks", async () => {
    const offline = { consumerGroup: "grp-offline", topic: TOPIC, queueId: 0, commitOffset: 0 };
    await ask("PUT", `/groups/grp-offline?cluster=${broker.clusterName}`, {});
    expect((await invoke("UPDATE_CONSUMER_OFFSET", offline)).code).toBe(0);
    const offsetMsgId = await send("tracked");
    await gets(GROUP, "tracked");
    const track = async () => (await ask("GET", `/messages/${offsetMsgId}/consumers`)).body;
    const typesOf = (rows: readonly { consumerGroup: string; trackType: string }[]) =>
      Object.fromEntries(rows.map(({ consumerGroup, trackType }) => [consumerGroup, trackType]));
    const body = await until(
      "the offsets are committed",
      async () => {
        const told = await track();
        const types = typesOf(told.data);
        const isConsumed = [GROUP, WITNESS].every((group) => types[group] === "CONSUMED");
        return isConsumed && types[PICKY] === "CONSUMED_BUT_FILTERED" && told;
      },
      { withinMillis: 30_000 },
    );
    expect(body).toMatchObject({ topic: TOPIC, next: null, emulatedBy: expect.arrayContaining(["GET_CONSUME_STATS"]) });
    expect(typesOf(body.data)["grp-offline"]).toBe("NOT_ONLINE");
    const printed = await admin("queryMsgById", "-i", offsetMsgId, ...(isNew ? ["-t", TOPIC] : []));
    const tracks = [...printed.matchAll(/MessageTrack \[consumerGroup=(\S+), trackType=(\w+), /g)];
    const names: Record<string, string> = {
      SUBSCRIBED_AND_CONSUMED: "CONSUMED",
      SUBSCRIBED_BUT_FILTERD: "CONSUMED_BUT_FILTERED",
      SUBSCRIBED_AND_NOT_CONSUME_YET: "NOT_CONSUME_YET",
      SUBSCRIBED_BUT_PULL: "PULL",
      // Of a group that was never online it finds no broker to ask.
      UNKNOW_EXCEPTION: "NOT_ONLINE",
      UNKNOWN: "NOT_ONLINE",
    };
    const expected = tracks.map(([, group = "", type = ""]) => [group, names[type] ?? type]);
    expect(expected.length).toBeGreaterThanOrEqual(4);
    expect(typesOf(body.data)).toEqual(Object.fromEntries(expected));
    const beyond = `${offsetMsgId.slice(0, 16)}00000000FFFFFFFF`;
    expect((await ask("GET", `/messages/${beyond}/consumers`)).status).toBe(404);
  });

  test("a locked queue is nobody else's until it is given back", async () => {
    const queues = [0, 1].map((queueId) => ({ topic: TOPIC, brokerName: broker.brokerName, queueId }));
    const lock = async (clientId: string, some = queues) => {
      const { status, body } = await ask("POST", "/groups/grp-locks/locks", { clientId, queues: some });
      expect(status).toBe(200);
      return body.data.map(({ queueId }: { queueId: number }) => queueId).sort();
    };
    const release = (clientId: string, some = queues) =>
      ask("POST", "/groups/grp-locks/locks/release", { clientId, queues: some });
    expect(await lock("a", queues.slice(0, 1))).toEqual([0]);
    expect(await lock("b")).toEqual([1]);
    expect(await lock("a")).toEqual([0]);
    // What isn't one's own can't be given back.
    expect((await release("b", queues.slice(0, 1))).status).toBe(200);
    expect(await lock("b")).toEqual([1]);
    expect(await release("a")).toMatchObject({ status: 200, body: { clientId: "a", results: [{ ok: true }] } });
    expect(await lock("b")).toEqual([0, 1]);
    const elsewhere = { topic: TOPIC, brokerName: "grp-nobody", queueId: 0 };
    expect((await ask("POST", "/groups/grp-locks/locks", { clientId: "a", queues: [elsewhere] })).status).toBe(404);
  });
});
