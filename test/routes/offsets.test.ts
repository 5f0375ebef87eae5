import { describe, expect, test } from "bun:test";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import type { Ask } from "../gateway/support/conformance.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { offsetScript } from "./offset-script.ts";
import { register, registerBrokers } from "./support.ts";
import { tells } from "./topic-queue-script.ts";

const script = { ...brokerScript, ...offsetScript };
const up = { handlers: script };
const missing = refusing(22, "Not found, V3_0_6_SNAPSHOT maybe this group consumer boot first");
const offline = refusing(206, "Consumer not online, so can not reset offset, Group: g Topic: t Timestamp: 0");
const resetBefore: Handler = () => ({ remark: "Offset has been previously reset" });
const path = "/groups/g/offsets/t/b1/7";

/** A rig whose brokers have topic t, the first of them with these answers. */
async function rigOf(handlers: Record<number, Handler> = {}, ...more: readonly Record<number, Handler>[]) {
  const brokers = [handlers, ...more].map((each) => ({ handlers: { ...script, ...each } }));
  const rig = await startRig({ brokers });
  await registerBrokers(rig, "t");
  return rig;
}

/** Sends a body whose integers JavaScript can't hold. */
function send(ask: Ask, operation: string, body: JsonValue, headers: Record<string, string> = {}) {
  return ask(operation, { body: stringifyJson(body), headers: { "content-type": "application/json", ...headers } });
}

const sent = ({ brokers }: Rig, code: number) => brokers[0]?.requests(code).map(({ extFields }) => extFields) ?? [];

describe("the offset of a group in a queue", () => {
  test("is its own validator, as JSON", async () => {
    await using rig = await rigOf();
    const { headers } = await rig.ask(`GET ${path}`);
    expect(headers.get("etag")).toBe('"9007199254740993"');
    expect((await rig.ask(`HEAD ${path}`)).headers.get("etag")).toBe('"9007199254740993"');
    const again = await rig.ask(`GET ${path}`, { headers: { "if-none-match": '"9007199254740993"' } });
    expect(again.status).toBe(304);
    for (const [name, value] of [
      ["accept", "text/plain"],
      ["prefer", "int64=string"],
    ] as const) {
      const asked = { [name]: value, "if-none-match": '"9007199254740993"' };
      const { status, headers } = await rig.raw(`GET ${path}`, asked);
      expect(status).toBe(200);
      expect(headers.get("etag")).toMatch(/^"[0-9a-f]{16}"$/);
    }
  });

  test("is asked for as it is, not as what a consumer would begin with", async () => {
    await using rig = await rigOf();
    await rig.ask(`GET ${path}`);
    expect(sent(rig, 14)).toEqual([{ consumerGroup: "g", topic: "t", queueId: "7", setZeroIfNotFound: "false" }]);
  });

  test("that was never committed is 404", async () => {
    await using rig = await rigOf({ 14: missing });
    expect(await rig.ask(`GET ${path}`)).toMatchObject({ status: 404, body: { code: 22, requestCode: 14 } });
  });

  test("that an answer doesn't tell is no offset", async () => {
    await using rig = await rigOf({ 14: () => ({}) });
    expect(await rig.ask(`GET ${path}`)).toMatchObject({ status: 502, body: { type: "/problems/undecodable" } });
  });

  test("is committed to the last digit", async () => {
    await using rig = await rigOf();
    for (const offset of [0, 9007199254740993n, 2n ** 63n - 1n]) {
      const { status, body } = await send(rig.ask, `PUT ${path}`, { offset });
      expect({ status, offset: body.offset }).toEqual({ status: 200, offset });
    }
    const common = { consumerGroup: "g", topic: "t", queueId: "7" };
    expect(sent(rig, 15)).toEqual([
      { ...common, commitOffset: "0" },
      { ...common, commitOffset: "9007199254740993" },
      { ...common, commitOffset: "9223372036854775807" },
    ]);
  });

  test.each(["-1", "9223372036854775808", "-9223372036854775809", "1.5", '"5"', "null", "true"])(
    "is not committed where it is %s",
    async (offset) => {
      await using rig = await rigOf();
      const body = `{"offset":${offset}}`;
      const reply = await rig.ask(`PUT ${path}`, { body, headers: { "content-type": "application/json" } });
      expect(reply).toMatchObject({ status: 422, body: { errors: [{ pointer: "/offset" }] } });
      expect(rig.brokers[0]?.arrivals).toEqual([]);
    },
  );

  test.each(["8", "-1", "x", "07", "2147483648", "9223372036854775808"])("has no queue %s", async (queue) => {
    await using rig = await rigOf();
    for (const operation of ["GET", "PUT"]) {
      const init = operation === "PUT" ? { body: { offset: 1 } } : {};
      expect((await rig.ask(`${operation} /groups/g/offsets/t/b1/${queue}`, init)).status).toBe(404);
    }
    expect((await rig.ask("GET /groups/g/offsets/t/b9/0")).status).toBe(404);
    expect((await rig.ask("GET /groups/g/offsets/none/b1/0")).status).toBe(404);
    expect(rig.brokers[0]?.arrivals).toEqual([]);
  });

  test("is guarded by If-Match", async () => {
    let offset = "7";
    await using rig = await rigOf({
      14: () => ({ extFields: { offset } }),
      15({ extFields }) {
        offset = extFields?.commitOffset ?? "";
        return {};
      },
    });
    const rewind = (etag: string) => rig.ask(`PUT ${path}`, { body: { offset: 3 }, headers: { "if-match": etag } });
    expect(await rewind('"6"')).toMatchObject({
      status: 412,
      body: { detail: 'Cannot change it: If-Match asks for another state, it is "7" now' },
    });
    expect(sent(rig, 15)).toEqual([]);
    expect((await rewind('"6", "7"')).status).toBe(200);
    expect((await rewind('"7"')).status).toBe(412);
    expect((await rig.ask(`GET ${path}`)).headers.get("etag")).toBe('"3"');
  });

  test("is guarded by If-None-Match where there may be one", async () => {
    await using rig = await rigOf({ 14: missing });
    const put = (headers: Record<string, string>) => rig.ask(`PUT ${path}`, { body: { offset: 3 }, headers });
    expect((await put({ "if-match": "*" })).status).toBe(412);
    expect((await put({ "if-none-match": "*" })).status).toBe(200);
  });

  test("that was reset a moment ago is 409, and nothing was changed", async () => {
    await using rig = await rigOf({ 15: resetBefore });
    expect(await rig.ask(`PUT ${path}`, { body: { offset: 3 } })).toMatchObject({
      status: 409,
      body: {
        type: "/problems/conflict",
        detail: "Cannot set the offset of group g in queue 7 of topic t on broker b1: Offset has been previously reset",
        hint: expect.any(String),
        target: rig.brokers[0]?.name,
      },
    });
  });

  test.each(["%RETRY%g", "a/b", "ns%g", "группа 😀", "__proto__"])("takes the names %j", async (name) => {
    await using rig = await startRig({ brokers: [up] });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name, brokerName: name }, name);
    const one = encodeURIComponent(name);
    const { status, body } = await rig.ask(`PUT /groups/${one}/offsets/${one}/${one}/0`, { body: { offset: 1 } });
    expect({ status, body }).toMatchObject({ status: 200, body: { group: name, topic: name, brokerName: name } });
    expect((await rig.ask(`GET /groups/${one}/offsets/${one}/${one}/0`)).body.group).toBe(name);
    for (const code of [14, 15]) expect(sent(rig, code)).toMatchObject([{ consumerGroup: name, topic: name }]);
  });
});

describe("GET /groups/{group}/offsets", () => {
  const asked = ({ brokers }: Rig) => brokers.map((broker) => broker.requests(208).length);
  const stats = (brokerName: string, brokerOffset: string) =>
    tells(
      `{"consumeTps":0.5,"offsetTable":{{"brokerName":"${brokerName}","queueId":0,"topic":"t"}:` +
        `{"brokerOffset":${brokerOffset},"consumerOffset":1,"lastTimestamp":0}}}`,
    );

  test("asks the brokers of the retry topic, as mqadmin does", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await register(rig.ask, { brokerName: "b1", brokerAddr: rig.brokers[0]?.name }, "t", "%RETRY%g");
    await register(rig.ask, { brokerName: "b2", brokerAddr: rig.brokers[1]?.name }, "t");
    expect((await rig.ask("GET /groups/g/offsets")).status).toBe(200);
    expect(asked(rig)).toEqual([1, 0]);
    // A group that nobody consumed with has none.
    await rig.ask("GET /groups/h/offsets");
    expect(asked(rig)).toEqual([2, 1]);
    await rig.ask("GET /groups/g/offsets?topic=t");
    expect(asked(rig)).toEqual([3, 2]);
    await rig.ask("GET /groups/g/offsets?broker=b2");
    expect(asked(rig)).toEqual([3, 3]);
    expect(sent(rig, 208)).toEqual([
      { consumerGroup: "g" },
      { consumerGroup: "h" },
      { consumerGroup: "g", topic: "t" },
    ]);
  });

  test("adds up what they say, exactly", async () => {
    await using rig = await rigOf({ 208: stats("b1", "9223372036854775804") }, { 208: stats("b2", "3") });
    expect((await rig.ask("GET /groups/g/offsets")).body).toMatchObject({
      data: [
        { brokerName: "b1", lag: 9223372036854775803n },
        { brokerName: "b2", lag: 2 },
      ],
      consumeTps: 1,
      totalLag: 9223372036854775805n,
    });
  });

  test("leaves out brokers that have none, and is 404 where none has any", async () => {
    const none = { 208: tells('{"consumeTps":0,"offsetTable":{}}') };
    await using rig = await rigOf(none, { 208: stats("b2", "3") });
    const { status, body } = await rig.ask("GET /groups/g/offsets");
    expect({ status, rows: body.data.length }).toEqual({ status: 200, rows: 1 });
    expect(await rig.ask("GET /groups/g/offsets?broker=b1")).toMatchObject({
      status: 404,
      body: { detail: "Cannot find offsets of group g: broker b1 has none" },
    });
    expect((await rig.ask("GET /groups/g/offsets?topic=none")).status).toBe(404);
  });
});

describe("POST /groups/{group}/offsets/reset", () => {
  const reset = (rig: Rig, body: JsonValue, query = "") => send(rig.ask, `POST /groups/g/offsets/reset${query}`, body);
  const ofQueues = (offset: number) =>
    Array.from({ length: 8 }, (_, queueId) => ({ brokerName: "b1", queueId, offset }));

  test("lets each master of the topic do it", async () => {
    await using rig = await rigOf({}, {});
    await reset(rig, { topic: "t", timestamp: "2023-11-14T22:13:20.007Z" });
    await reset(rig, { topic: "t", timestamp: -1, force: false }, "?broker=b1");
    const common = { group: "g", topic: "t" };
    expect(sent(rig, 222)).toEqual([
      { ...common, timestamp: "1700000000007", isForce: "true" },
      { ...common, timestamp: "-1", isForce: "false" },
    ]);
    expect(rig.brokers[1]?.requests(222)).toHaveLength(1);
  });

  test.each([-2, 2n ** 63n, 1.5, "yesterday", "-1", "2023-02-29T00:00:00Z", null])(
    "refuses the timestamp %p",
    async (timestamp) => {
      await using rig = await rigOf();
      const { status, body } = await reset(rig, { topic: "t", timestamp });
      expect({ status, pointers: body.errors.map(({ pointer }: { pointer: string }) => pointer) }).toMatchObject({
        status: 422,
        pointers: expect.arrayContaining(["/timestamp"]),
      });
      expect(rig.brokers[0]?.arrivals).toEqual([]);
    },
  );

  test("goes queue by queue where no client is online, and says so", async () => {
    await using rig = await rigOf({ 222: offline });
    const { status, body } = await reset(rig, { topic: "t", timestamp: 1_700_000_000_000 });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { data: ofQueues(5), emulatedBy: ["SEARCH_OFFSET_BY_TIMESTAMP", "UPDATE_CONSUMER_OFFSET"] },
    });
    expect(sent(rig, 29)[7]).toEqual({ topic: "t", queueId: "7", timestamp: "1700000000000" });
    expect(sent(rig, 15)[7]).toEqual({ consumerGroup: "g", topic: "t", queueId: "7", commitOffset: "5" });
  });

  test("through clients alone is 409 where none is online", async () => {
    await using rig = await rigOf({ 222: offline });
    const answer = await reset(rig, { topic: "t", timestamp: 0 }, "?via=client");
    expect(answer).toMatchObject({ status: 409, body: { code: 206 } });
    expect(sent(rig, 15)).toEqual([]);
  });

  test("through the broker commits whoever is online", async () => {
    await using rig = await rigOf();
    const { body } = await reset(rig, { topic: "t", timestamp: -1 }, "?via=broker");
    expect(body.emulatedBy).toEqual(["GET_MAX_OFFSET", "UPDATE_CONSUMER_OFFSET"]);
    expect(body.data[0]).toEqual({ brokerName: "b1", queueId: 0, offset: 9007199254740993n });
    expect(sent(rig, 222)).toEqual([]);
    expect(sent(rig, 15)).toHaveLength(8);
  });

  test.each([
    ["back", () => ({ extFields: { offset: "6" } }), 5, 8],
    ["not forward", () => ({ extFields: { offset: "4" } }), 4, 0],
    ["not beyond the oldest message, from nowhere", missing, 3, 0],
  ] as const)("without force goes %s", async (_, handler, offset, commits) => {
    await using rig = await rigOf({ 14: handler as Handler });
    const { body } = await reset(rig, { topic: "t", timestamp: 1, force: false }, "?via=broker");
    expect(body.data).toEqual(ofQueues(offset));
    expect(sent(rig, 15)).toHaveLength(commits);
  });

  test("that one before it still waits to be followed is 409", async () => {
    await using rig = await rigOf({ 15: resetBefore });
    const answer = await reset(rig, { topic: "t", timestamp: 1 }, "?via=broker");
    expect(answer).toMatchObject({ status: 409, body: { type: "/problems/conflict" } });
  });

  test("is 409 as well where all of several refuse so, and 207 where one does", async () => {
    await using all = await rigOf({ 15: resetBefore }, { 15: resetBefore });
    expect((await reset(all, { topic: "t", timestamp: 1 }, "?via=broker")).status).toBe(409);
    await using some = await rigOf({ 15: resetBefore }, {});
    const { status, body } = await reset(some, { topic: "t", timestamp: 1 }, "?via=broker");
    expect({ status, body }).toMatchObject({
      status: 207,
      body: { results: [{ ok: false, problem: "conflict" }, { ok: true }] },
    });
    expect(body.data).toHaveLength(8);
  });

  test("of a topic that isn't there, or isn't on that broker, is 404", async () => {
    await using rig = await rigOf({}, {});
    await register(rig.ask, { brokerName: "b3", brokerAddr: rig.brokers[0]?.name });
    expect((await reset(rig, { topic: "none", timestamp: 0 })).status).toBe(404);
    expect((await reset(rig, { topic: "t", timestamp: 0 }, "?via=broker&broker=b3")).status).toBe(404);
    expect((await reset(rig, { topic: "t", timestamp: 0 }, "?broker=b9")).status).toBe(404);
    expect((await reset(rig, { topic: "t", timestamp: 0 }, "?via=mail")).status).toBe(400);
  });

  test.each([
    ["THe consumer group <g> not exist", 404],
    ["[reset-offset] reset offset failed, no topic in this broker. topic=t", 404],
    ["disk full", 502],
  ])("of a broker that says %j is %d", async (remark, status) => {
    await using rig = await rigOf({ 222: refusing(1, remark) });
    expect((await reset(rig, { topic: "t", timestamp: 0 })).status).toBe(status);
  });

  test("shows beforehand what it would commit", async () => {
    await using rig = await rigOf();
    const { body } = await reset(rig, { topic: "t", timestamp: 5 }, "?via=broker&dryRun=true");
    const commits = body.requests.map(({ command }: { command: { extFields: object } }) => command.extFields);
    expect(commits).toHaveLength(8);
    expect(commits[7]).toEqual({ consumerGroup: "g", topic: "t", queueId: "7", commitOffset: "5" });
    expect(sent(rig, 15)).toEqual([]);
  });
});

describe("POST /groups/{group}/offsets/clone", () => {
  const clone = (rig: Rig, body: JsonValue) => send(rig.ask, "POST /groups/g2/offsets/clone", body);

  test("names each topic, since brokers clone nothing when they are told none", async () => {
    await using rig = await rigOf();
    const { body } = await clone(rig, { srcGroup: "g", offline: true });
    expect(body.data).toEqual([
      { topic: "t", brokerName: "b1", queueId: 0, offset: 9007199254740993n },
      { topic: "t", brokerName: "b1", queueId: 1, offset: 5 },
      { topic: "u", brokerName: "b1", queueId: 3, offset: 1 },
    ]);
    const common = { srcGroup: "g", destGroup: "g2", offline: "true" };
    expect(sent(rig, 314)).toEqual([
      { ...common, topic: "t" },
      { ...common, topic: "u" },
    ]);
    await clone(rig, { srcGroup: "h", topic: "t" });
    expect(sent(rig, 314)[2]).toEqual({ srcGroup: "h", destGroup: "g2", offline: "false", topic: "t" });
  });

  test.each([
    [{ srcGroup: "none" }, 404],
    [{ srcGroup: "g", topic: "none" }, 404],
    // It only pulled.
    [{ srcGroup: "p" }, 404],
    [{ srcGroup: "g2" }, 422],
    [{ srcGroup: "" }, 422],
    [{}, 422],
  ])("of %j is %d", async (body, status) => {
    await using rig = await rigOf();
    expect((await clone(rig, body)).status).toBe(status);
    expect(sent(rig, 314)).toEqual([]);
  });

  test("leaves out brokers that have none", async () => {
    await using rig = await rigOf({}, { 43: tells('{"offsetTable":{}}') });
    const { status, body } = await clone(rig, { srcGroup: "h" });
    expect({ status, results: body.results.length }).toEqual({ status: 200, results: 1 });
  });
});

describe("GET /groups/{group}/offsets/corrections", () => {
  const corrections = (rig: Rig, query: string) => rig.ask(`GET /groups/g/offsets/corrections?topic=t${query}`);

  test("compares with the group of the path, unless another is named", async () => {
    await using rig = await rigOf();
    await corrections(rig, "");
    await corrections(rig, "&compareGroup=h");
    expect(sent(rig, 308)).toEqual([
      { topic: "t", compareGroup: "g" },
      { topic: "t", compareGroup: "h" },
    ]);
  });

  // The oldest message is at 3.
  test.each([
    ["filterGroups=x", { 0: 4, 1: 5 }],
    ["filterGroups=h", { 0: 9007199254740993n, 1: 5 }],
    ["filterGroups=g", { 0: 4, 1: 8 }],
    ["filterGroups=g,h", {}],
    ["filterGroups=x&compareGroup=old", { 0: 2n ** 63n - 1n, 1: 5 }],
  ])("tells no broker of groups to leave out: %s", async (query, expected) => {
    const table = '{"offsetTable":{"t@g":{0:9007199254740993,1:5},"t@h":{0:4,1:8},"t@old":{0:2},"u@g":{0:3}}}';
    await using rig = await rigOf({ 43: tells(table) });
    const { body } = await corrections(rig, `&${query}`);
    const rows = body.data as { queueId: number; offset: number | bigint }[];
    expect<unknown>(Object.fromEntries(rows.map(({ queueId, offset }) => [queueId, offset]))).toEqual(expected);
    expect(body.emulatedBy).toEqual(["GET_ALL_CONSUMER_OFFSET", "GET_MIN_OFFSET"]);
    expect(sent(rig, 308)).toEqual([]);
  });
});

describe("GET /groups/{group}/status", () => {
  test("asks one broker, for one client where it is named", async () => {
    await using rig = await rigOf({}, {});
    await rig.ask("GET /groups/g/status?topic=t&clientAddr=10.0.0.9%404711");
    expect(rig.brokers.map((broker) => broker.requests(223).length)).toEqual([1, 0]);
    expect(sent(rig, 223)).toEqual([{ topic: "t", group: "g", clientAddr: "10.0.0.9@4711" }]);
    expect((await rig.ask("GET /groups/g/status")).status).toBe(400);
  });

  test("of a group that isn't online is 404", async () => {
    const remark = "java.lang.NullPointerException, com.x.Broker2Client.getConsumeStatus(Broker2Client.java:1)";
    await using rig = await rigOf({ 223: refusing(1, remark) });
    expect((await rig.ask("GET /groups/g/status?topic=t")).status).toBe(404);
  });
});
