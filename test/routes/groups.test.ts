import { describe, expect, test } from "bun:test";
import { fromUtf8 } from "../../src/bytes/utf8.ts";
import { parseJson } from "../../src/json/strict.ts";
import { V3_2_6, V4_9_7, V5_5_0 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import type { ScriptedServer } from "../support/scripted-server.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { groupOfV3, groupOfV5, groupScript, table } from "./group-script.ts";
import { register, registerBrokers } from "./support.ts";

const handlers = { ...brokerScript, ...groupScript };
const up = { handlers };
const noGroup = table();
const names = ["%RETRY%g", "a/b", "ns%group", "группа 😀", "__proto__", "constructor"];

/** A broker of this version with these answers besides. */
const broker = (version: number, more = {}) => ({ version, handlers: { ...handlers, ...more } });

/** The groups that a broker was told. */
function written(server: ScriptedServer | undefined) {
  return server?.requests(200).map(({ body }) => parseJson(fromUtf8(body ?? new Uint8Array(), "body")));
}

const initial = {
  groupName: "g",
  consumeEnable: true,
  consumeFromMinEnable: true,
  consumeBroadcastEnable: true,
  retryQueueNums: 1,
  retryMaxTimes: 16,
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
};

describe("PUT /groups/{group}", () => {
  test("sends every master of the cluster the whole of it, defaults filled in", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await registerBrokers(rig);
    await register(rig.ask, { clusterName: "c2", brokerName: "other", brokerAddr: "nobody:1" });
    const attributes = { "priority.factor": "100", "lite.bind.topic": null };
    const given = { consumeEnable: false, consumeTimeoutMinute: 30, attributes };
    const body = `{"brokerId":9007199254740993,${JSON.stringify(given).slice(1)}`;
    const headers = { "content-type": "application/json" };
    expect(await rig.ask("PUT /groups/g?cluster=c1", { body, headers })).toMatchObject({
      status: 200,
      body: { ...initial, ...given, brokerId: 9007199254740993n },
    });
    for (const server of rig.brokers) {
      const sent = written(server);
      const changes = { "+priority.factor": "100", "-lite.bind.topic": "" };
      expect(sent).toEqual([{ ...initial, ...given, brokerId: 9007199254740993n, attributes: changes }]);
    }
  });

  test.each(names)("takes the name %j, and GET and DELETE take it back", async (name) => {
    await using rig = await startRig({ brokers: [broker(V4_9_7, { 201: table([name, groupOfV3(name)]) })] });
    await registerBrokers(rig);
    const path = `/groups/${encodeURIComponent(name)}`;
    expect((await rig.ask(`PUT ${path}?broker=b1`, { body: { groupName: name } })).body.groupName).toBe(name);
    expect((await rig.ask(`GET ${path}?broker=b1`)).body.groupName).toBe(name);
    expect((await rig.ask(`DELETE ${path}?broker=b1`)).body.groupName).toBe(name);
    expect(written(rig.brokers[0])).toMatchObject([{ groupName: name }]);
    expect(rig.brokers[0]?.requests(207).map(({ extFields }) => extFields)).toEqual([{ groupName: name }]);
  });

  test.each([
    ["", "?cluster or ?broker is required"],
    ["?cluster=c1&broker=b1", "?broker can't be given beside ?cluster"],
    ["?cluster=c1&brokerId=0", "?brokerId needs ?broker"],
  ])("wants to know where: %j", async (query, reason) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    const wanted = { status: 400, body: { detail: `Cannot tell which brokers are meant: ${reason}` } };
    expect(await rig.ask(`PUT /groups/g${query}`, { body: {} })).toMatchObject(wanted);
    expect(await rig.ask(`DELETE /groups/g${query}`)).toMatchObject(wanted);
    expect([...(rig.brokers[0]?.requests(200) ?? []), ...(rig.brokers[0]?.requests(207) ?? [])]).toEqual([]);
  });

  test.each([
    [{ groupName: "h" }, "/groupName"],
    [{ retryMaxTimes: "3" }, "/retryMaxTimes"],
    [{ attributes: { "+a": "b" } }, "/attributes/+a"],
    [{ groupRetryPolicy: { type: "NONE" } }, "/groupRetryPolicy/type"],
    [{ retries: 4 }, "/retries"],
  ])("refuses the body %j", async (body, pointer) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    const reply = await rig.ask("PUT /groups/g?cluster=c1", { body });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test.each([
    [V3_2_6, { notifyConsumerIdsChangedEnable: false }, 501],
    [V3_2_6, { notifyConsumerIdsChangedEnable: true }, 200],
    [V4_9_7, { notifyConsumerIdsChangedEnable: false }, 200],
    [V4_9_7, { consumeMessageOrderly: true }, 501],
    [V4_9_7, { attributes: { "priority.factor": "1" } }, 501],
    [V4_9_7, { attributes: {}, groupSysFlag: 0, groupRetryPolicy: { type: "CUSTOMIZED" } }, 200],
    [V5_5_0, { consumeMessageOrderly: true, attributes: { "priority.factor": "1" } }, 200],
  ])("a broker of version %d is not sent what it would overlook: %j", async (version, body, status) => {
    await using rig = await startRig({ brokers: [broker(version)] });
    await registerBrokers(rig);
    const reply = await rig.ask("PUT /groups/g?cluster=c1", { body });
    expect(reply.status).toBe(status);
    expect(written(rig.brokers[0])).toHaveLength(status === 200 ? 1 : 0);
    if (status === 501) {
      const [name] = Object.keys(body);
      expect(reply.body).toMatchObject({
        hint: `Leave ${name} out.`,
        results: [{ ok: false, problem: "not-supported" }],
      });
    }
  });

  test("an older broker beside a newer one is 207", async () => {
    await using rig = await startRig({ brokers: [broker(V5_5_0), broker(V4_9_7)] });
    await registerBrokers(rig);
    expect(await rig.ask("PUT /groups/g?cluster=c1", { body: { consumeMessageOrderly: true } })).toMatchObject({
      status: 207,
      body: {
        results: [
          { brokerName: "b1", ok: true },
          { brokerName: "b2", ok: false, problem: "not-supported" },
        ],
      },
    });
  });

  test("goes through where the group is as it was read", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    const etag = (await rig.ask("GET /groups/g?cluster=c1")).headers.get("etag") ?? "";
    const put = (match: string) => rig.ask("PUT /groups/g?cluster=c1", { body: {}, headers: { "if-match": match } });
    expect((await put('"other"')).status).toBe(412);
    expect((await put(etag)).status).toBe(200);
    expect(written(rig.brokers[0])).toHaveLength(1);
  });

  test("what 5.x refuses as a name is 400", async () => {
    const refused = refusing(29, "The specified group contains illegal characters");
    await using rig = await startRig({ brokers: [broker(V5_5_0, { 200: refused }), broker(V5_5_0, { 200: refused })] });
    await registerBrokers(rig);
    expect(await rig.ask("PUT /groups/g?cluster=c1", { body: {} })).toMatchObject({ status: 400, body: { code: 29 } });
  });
});

describe("GET /groups/{group}", () => {
  test("of an old broker has what that knows", async () => {
    await using rig = await startRig({ brokers: [broker(V3_2_6, { 201: table(["g", groupOfV3("g")]) })] });
    await registerBrokers(rig);
    expect(await rig.ask("GET /groups/g")).toMatchObject({ status: 200, body: initial });
    expect(await rig.ask("GET /groups/constructor")).toMatchObject({
      status: 404,
      body: { detail: "Cannot find group constructor: broker b1 has none of that name" },
    });
  });

  test("is what any of the masters has", async () => {
    await using rig = await startRig({ brokers: [broker(V5_5_0, { 201: noGroup }), up] });
    await registerBrokers(rig);
    expect((await rig.ask("GET /groups/g")).status).toBe(200);
    expect(await rig.ask("GET /groups/g?broker=b1")).toMatchObject({
      status: 404,
      body: { detail: "Cannot find group g: broker b1 has none of that name" },
    });
    expect(rig.brokers.map((server) => server.requests(352))).toEqual([[], []]);
  });

  test.each([
    ["none has it", [noGroup, noGroup], 404],
    ["one has none and another fails", [noGroup, refusing(1, "disk full")], 502],
    ["one has none and another is silent", [noGroup, silent], 504],
  ])("when %s", async (_, answers, status) => {
    const brokers = answers.map((answer) => broker(V5_5_0, { 201: answer }));
    await using rig = await startRig({ brokers, limits: { timeoutMillis: 80 } });
    await registerBrokers(rig);
    expect((await rig.ask("GET /groups/g")).status).toBe(status);
  });
});

describe("GET /groups", () => {
  test("has one row for what brokers have alike, and one for each that is otherwise", async () => {
    const other = groupOfV5("g").replace('"retryMaxTimes":16', '"retryMaxTimes":3');
    const tables = [
      table(["g", groupOfV5("g")], ["a", groupOfV5("a")]),
      table(["g", groupOfV5("g")]),
      table(["g", other]),
    ];
    await using rig = await startRig({ brokers: tables.map((answer) => broker(V5_5_0, { 201: answer })) });
    await registerBrokers(rig);
    await register(rig.ask, { clusterName: "c2", brokerName: "dead", brokerAddr: "nobody:1" });
    const { status, body } = await rig.ask("GET /groups?cluster=c1");
    const rows = body.data.map((row: Record<string, unknown>) => [row.groupName, row.retryMaxTimes, row.brokerNames]);
    expect({ status, rows }).toEqual({
      status: 200,
      rows: [
        ["a", 16, ["b1"]],
        ["g", 16, ["b1", "b2"]],
        ["g", 3, ["b3"]],
      ],
    });
    const all = await rig.ask("GET /groups");
    expect(all).toMatchObject({ status: 207, body: { results: [{}, {}, {}, { brokerName: "dead", ok: false }] } });
    expect((await rig.ask("GET /groups?broker=b3")).body.data).toHaveLength(1);
  });

  test("of a broker without any is empty", async () => {
    await using rig = await startRig({ brokers: [broker(V5_5_0, { 201: () => ({}) })] });
    await registerBrokers(rig);
    expect((await rig.ask("GET /groups")).body).toEqual({ data: [], next: null });
    expect((await rig.ask("GET /brokers/b1/groups")).body.data).toEqual([]);
  });
});

describe("DELETE /groups/{group}", () => {
  test("is for masters alone", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name });
    await register(rig.ask, { brokerId: 1, brokerAddr: rig.brokers[1]?.name });
    expect(await rig.ask("DELETE /groups/gone?cluster=c1")).toMatchObject({ status: 200, body: { results: [{}] } });
    expect(rig.brokers.map((server) => server.requests(207).length)).toEqual([1, 0]);
  });

  test.each([
    [V3_2_6, "false", 200, { groupName: "g" }],
    [V3_2_6, "true", 501, undefined],
    [V4_9_7, "true", 200, { groupName: "g", removeOffset: "true" }],
    [V5_5_0, "true", 200, { groupName: "g", cleanOffset: "true" }],
  ])("at version %d with cleanOffset=%s is %d", async (version, cleanOffset, status, fields) => {
    await using rig = await startRig({ brokers: [broker(version)] });
    await registerBrokers(rig);
    const reply = await rig.ask(`DELETE /groups/g?cluster=c1&cleanOffset=${cleanOffset}`);
    expect(reply.status).toBe(status);
    expect(rig.brokers[0]?.requests(207).map(({ extFields }) => extFields)).toEqual(fields ? [fields] : []);
  });
});

describe("a group that its broker makes anew as it deletes it", () => {
  test("is 409, unless that can't be known", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    const del = (query: string) => rig.ask(`DELETE /groups/g?cluster=c1${query}`);
    expect(await del("")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("made it anew"), hint: expect.stringContaining("?cleanOffset=true") },
    });
    expect((await del("&cleanOffset=true")).status).toBe(200);
    expect((await del("&oneway=true")).status).toBe(202);
    expect((await del("&dryRun=true")).body.requests).toHaveLength(1);
  });

  test("beside one that doesn't is 207", async () => {
    await using rig = await startRig({ brokers: [up, broker(V4_9_7), broker(V5_5_0, { 201: noGroup })] });
    await registerBrokers(rig);
    expect(await rig.ask("DELETE /groups/g?cluster=c1")).toMatchObject({
      status: 207,
      body: { results: [{ ok: false, problem: "conflict" }, { ok: true }, { ok: true }] },
    });
  });
});

describe("PUT /groups/{group}/state", () => {
  test("writes the group as it was but for that, and nothing of its attributes", async () => {
    const unknown = groupOfV5("g").replace("{", '{"somethingNew":[1],');
    await using rig = await startRig({ brokers: [broker(V5_5_0, { 201: table(["g", unknown]) })] });
    await registerBrokers(rig);
    expect((await rig.ask("PUT /groups/g/state", { body: { state: "suspended" } })).status).toBe(200);
    const { attributes: _, ...rest } = JSON.parse(unknown);
    expect(written(rig.brokers[0])).toEqual([{ ...rest, consumeEnable: false }]);
  });

  test("says what was sent, to whatever generation", async () => {
    const old = broker(V3_2_6, {
      201: table(["g", groupOfV3("g").replace('"consumeEnable":true', '"consumeEnable":false')]),
    });
    await using rig = await startRig({ brokers: [old, up] });
    await registerBrokers(rig);
    expect((await rig.ask("GET /groups/g/state")).body.data).toEqual([
      { brokerName: "b1", state: "suspended" },
      { brokerName: "b2", state: "running" },
    ]);
    const { body } = await rig.ask("PUT /groups/g/state", { body: { state: "running" } });
    expect(body.emulatedBy).toEqual(["GET_ALL_SUBSCRIPTIONGROUP_CONFIG", "UPDATE_AND_CREATE_SUBSCRIPTIONGROUP"]);
    expect(written(rig.brokers[0])).toMatchObject([{ consumeEnable: true }]);
  });

  test("leaves out brokers that don't have the group", async () => {
    const without = broker(V4_9_7, { 201: table() });
    await using rig = await startRig({ brokers: [without, up] });
    await registerBrokers(rig);
    const put = (query = "") => rig.ask(`PUT /groups/g/state${query}`, { body: { state: "suspended" } });
    expect(await put()).toMatchObject({ status: 200, body: { results: [{ brokerName: "b2", ok: true }] } });
    expect(await put("?broker=b1")).toMatchObject({ status: 404, body: { type: "/problems/not-found" } });
    expect(await rig.ask("GET /groups/g/state")).toMatchObject({ status: 200, body: { data: [{ brokerName: "b2" }] } });
    expect(written(rig.brokers[0])).toEqual([]);
  });

  test.each([
    [[noGroup, noGroup], 404],
    [[noGroup, refusing(1, "disk full")], 502],
  ])("where no broker has it or one can't say", async (answers, status) => {
    await using rig = await startRig({ brokers: answers.map((answer) => broker(V5_5_0, { 201: answer })) });
    await registerBrokers(rig);
    expect((await rig.ask("PUT /groups/g/state", { body: { state: "running" } })).status).toBe(status);
    expect((await rig.ask("PUT /groups/g/state", { body: { state: "paused" } })).status).toBe(422);
  });

  test("goes through where the state is the one that was read", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    const etag = (await rig.ask("GET /groups/g/state")).headers.get("etag") ?? "";
    const put = (match: string) =>
      rig.ask("PUT /groups/g/state", { body: { state: "suspended" }, headers: { "if-match": match } });
    expect((await put('"other"')).status).toBe(412);
    expect((await put(etag)).status).toBe(200);
  });
});
