import { describe, expect, test } from "bun:test";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { type Rig, type RigOptions, startRig } from "../gateway/support/rig.ts";
import { createFakeQueues, type FakeOptions, type FakeQueues, message, stored } from "../messages/fake-queues.ts";
import { refusing } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { brokerScript } from "./broker-script.ts";
import { offsetMsgIdAt } from "./group-script.ts";
import { register, registerBrokers } from "./support.ts";

const queue = "/topics/t/queues/b1/0/messages";

/** A gateway before brokers with queues of topic t. */
async function started(fakes: readonly FakeQueues[], options: RigOptions = {}, queues = 8): Promise<Rig> {
  const brokers = fakes.map(({ handlers }) => ({ handlers: { ...brokerScript, ...handlers } }));
  const rig = await startRig({ brokers, ...options });
  const topicConfigTable = { t: { readQueueNums: queues, writeQueueNums: queues } };
  for (const [index, { name }] of rig.brokers.entries()) {
    const names = { brokerName: `b${index + 1}`, brokerAddr: name };
    await register(rig.ask, { ...names, topicConfigSerializeWrapper: { topicConfigTable } });
  }
  return rig;
}

function filled(count: number, options: FakeOptions = {}): FakeQueues {
  const fake = createFakeQueues(options);
  for (let offset = 0; offset < count; offset++)
    fake.append(0, { body: `m${offset}`, tags: offset % 2 ? "odd" : "even" });
  return fake;
}

const bodies = (reply: { body: { data: { body: string }[] } }) => reply.body.data.map(({ body }) => body);

describe("GET /topics/{topic}/queues/{broker}/{queue}/messages", () => {
  test("reads a queue step by step, and keeps nothing of it", async () => {
    await using rig = await started([filled(5)]);
    const first = await rig.ask(`GET ${queue}?limit=2`);
    expect(first.body).toMatchObject({ nextOffset: 2, minOffset: 0, maxOffset: 5 });
    expect(bodies(first)).toEqual(["m0", "m1"]);
    expect(first.headers.get("etag")).not.toBeNull();
    expect(bodies(await rig.ask(`GET ${queue}?limit=9&offset=2`))).toEqual(["m2", "m3", "m4"]);
    const end = await rig.ask(`GET ${queue}?offset=5`);
    expect(end).toMatchObject({ status: 200, body: { data: [], nextOffset: 5, minOffset: 0, maxOffset: 5 } });
    expect(rig.brokers[0]?.requests(11).map(({ extFields }) => extFields)[0]).toEqual({
      consumerGroup: "TOOLS_CONSUMER",
      topic: "t",
      queueId: "0",
      queueOffset: "0",
      maxMsgNums: "2",
      sysFlag: "4",
      commitOffset: "0",
      suspendTimeoutMillis: "0",
      subscription: "*",
      subVersion: "0",
    });
  });

  test("begins at the oldest message, or at a time", async () => {
    const fake = filled(9);
    fake.trim(0, 4);
    await using rig = await started([fake]);
    expect(bodies(await rig.ask(`GET ${queue}?limit=1`))).toEqual(["m4"]);
    expect(bodies(await rig.ask(`GET ${queue}?limit=1&at=1700000000006`))).toEqual(["m6"]);
    expect((await rig.ask(`GET ${queue}?at=2100-01-01T00:00:00Z`)).body).toMatchObject({ data: [], nextOffset: 9 });
  });

  test("begins at a time where the broker finds an older message, or the last one", async () => {
    const fake = filled(40);
    fake.handlers[29] = ({ extFields }) => ({
      extFields: { offset: extFields?.timestamp === "1700000000035" ? "1" : "39" },
    });
    await using rig = await started([fake]);
    expect(bodies(await rig.ask(`GET ${queue}?limit=1&at=1700000000036`))).toEqual(["m36"]);
    expect((await rig.ask(`GET ${queue}?at=2100-01-01T00:00:00Z`)).body).toMatchObject({ data: [], nextOffset: 40 });
  });

  test("is 416 with the offset to go on at for one that isn't there", async () => {
    const fake = filled(9);
    fake.trim(0, 4);
    await using rig = await started([fake]);
    const offsets = { minOffset: 4, maxOffset: 9 };
    for (const [offset, nextOffset] of [
      [0, 4],
      [10, 9],
    ]) {
      expect(await rig.ask(`GET ${queue}?offset=${offset}`)).toMatchObject({
        status: 416,
        body: { type: "/problems/pull-offset-moved", code: 21, nextOffset, ...offsets },
      });
    }
  });

  test("asks again where the broker only tells that the tools' group was reset", async () => {
    const fake = filled(3);
    const pull = fake.handlers[11];
    let resets = 1;
    fake.handlers[11] = (request, connection) => {
      const extFields = { nextBeginOffset: "0", minOffset: "0", maxOffset: "3" };
      return resets-- > 0 ? { code: 21, remark: "OFFSET_RESET", extFields } : (pull?.(request, connection) ?? null);
    };
    await using rig = await started([fake]);
    expect(bodies(await rig.ask(`GET ${queue}?offset=2`))).toEqual(["m2"]);
  });

  test("gives the messages with a tag alone, though the broker takes another one for it", async () => {
    await using rig = await started([filled(6, { hash: () => "same" })]);
    const { body } = await rig.ask(`GET ${queue}?tags=even%20%7C%7C%20none`);
    expect(body).toMatchObject({ data: [{ body: "m0" }, { body: "m2" }, { body: "m4" }], nextOffset: 6 });
    const none = await rig.ask(`GET ${queue}?tags=none&offset=1`);
    expect(none.body).toMatchObject({ data: [], nextOffset: 6 });
  });

  test("goes on behind messages that aren't wanted", async () => {
    await using rig = await started([filled(6)]);
    expect((await rig.ask(`GET ${queue}?tags=none&limit=4`)).body).toMatchObject({ data: [], nextOffset: 4 });
  });

  test.each([
    ["offset=1&at=0", "?at"],
    ["tags=a&sql=b", "?tags"],
    ["limit=0", "?limit"],
    ["limit=1025", "?limit"],
    ["offset=-1", "?offset"],
    ["at=2026-02-30T00:00:00Z", "?at"],
    ["tags=", "?tags"],
  ])("is 400 for %s", async (search, pointer) => {
    await using rig = await started([filled(1)]);
    expect(await rig.ask(`GET ${queue}?${search}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(rig.brokers[0]?.requests(11)).toEqual([]);
  });

  test.each([
    [11, 16, "no", 403],
    [11, 17, "topic[t] not exist", 404],
    [11, 2, "busy", 503],
    [11, 1, "request queueId[0] is illegal, topic:[t]", 404],
    [31, 1, "no", 502],
  ])("passes on what a broker refuses %d with: %d %s", async (code, refusal, remark, status) => {
    const fake = filled(1);
    fake.handlers[code] = refusing(refusal, remark);
    await using rig = await started([fake]);
    expect((await rig.ask(`GET ${queue}`)).status).toBe(status);
  });

  test("is undecodable where the answer has no offsets, or bytes that are no message", async () => {
    for (const reply of [
      {},
      { body: new Uint8Array(9), extFields: { nextBeginOffset: "1", minOffset: "0", maxOffset: "1" } },
    ]) {
      const fake = filled(1);
      fake.handlers[11] = () => reply;
      await using rig = await started([fake]);
      expect(await rig.ask(`GET ${queue}`)).toMatchObject({ status: 502, body: { type: "/problems/undecodable" } });
    }
  });

  test("adds the delta of a queue that moved, and leaves out what a batch has before the offset", async () => {
    const fake = filled(1);
    fake.handlers[11] = () => ({
      body: stored(message({ queueOffset: 1 }), message({ queueOffset: 2 })),
      extFields: { nextBeginOffset: "103", minOffset: "100", maxOffset: "103", offsetDelta: "100" },
    });
    await using rig = await started([fake]);
    const { data } = (await rig.ask(`GET ${queue}?offset=102`)).body;
    expect(data.map(({ queueOffset }: { queueOffset: number }) => queueOffset)).toEqual([102]);
  });
});

describe("an expression of SQL", () => {
  const sql = `GET ${queue}?sql=${encodeURIComponent("a > 1")}`;

  test("is compiled by the broker before it pulls with it", async () => {
    const fake = filled(2);
    const pull = fake.handlers[11];
    fake.handlers[11] = ({ extFields, ...rest }, connection) =>
      pull?.({ ...rest, extFields: { ...extFields, subscription: "*" } }, connection) ?? null;
    await using rig = await started([fake]);
    expect(bodies(await rig.ask(sql))).toEqual(["m0", "m1"]);
    const [server] = rig.brokers;
    expect(server?.requests(11)[0]?.extFields).toMatchObject({ subscription: "a > 1", expressionType: "SQL92" });
    expect(JSON.parse(new TextDecoder().decode(server?.requests(46)[0]?.body ?? undefined))).toMatchObject({
      group: "TOOLS_CONSUMER",
      subscriptionData: { topic: "t", subString: "a > 1", expressionType: "SQL92" },
    });
  });

  test.each([
    ["that it can't compile", refusing(23, "Encountered <EOF>"), 400],
    ["where that is switched off", refusing(1, "The broker does not support consumer to filter message by SQL92"), 501],
  ] as const)("%s is answered without a pull", async (_, check, status) => {
    const fake = filled(2);
    fake.handlers[46] = check;
    await using rig = await started([fake]);
    expect((await rig.ask(sql)).status).toBe(status);
    expect((await rig.ask(`GET /topics/t/messages?sql=x`)).status).toBe(status);
    expect((await rig.ask(`GET /topics/t/stream?sql=x`)).status).toBe(status);
    expect(rig.brokers[0]?.requests(11)).toEqual([]);
  });

  test("is 501 with a broker of 3.x", async () => {
    const { handlers } = filled(1);
    await using rig = await startRig({ brokers: [{ handlers: { ...brokerScript, ...handlers }, version: V3_2_6 }] });
    await registerBrokers(rig, "t");
    expect((await rig.ask(sql)).status).toBe(501);
    expect(rig.brokers[0]?.requests(11)).toEqual([]);
  });
});

describe("a long poll", () => {
  const wait = (seconds: number) => ({ headers: { prefer: `wait=${seconds}` } });

  test("is answered as soon as a message comes, and has no validator", async () => {
    const fake = filled(1);
    await using rig = await started([fake]);
    const asked = rig.ask(`GET ${queue}?offset=1`, wait(30));
    await until("the broker holds it", () => fake.held === 1);
    fake.append(0, { body: "new" });
    const reply = await asked;
    expect(bodies(reply)).toEqual(["new"]);
    expect([reply.headers.get("etag"), reply.headers.get("cache-control")]).toEqual([null, "no-store"]);
  });

  test("goes on past messages that aren't wanted", async () => {
    const fake = filled(3);
    await using rig = await started([fake]);
    const asked = rig.ask(`GET ${queue}?tags=new&limit=1`, wait(30));
    await until("the broker holds it", () => fake.held === 1);
    fake.append(0, { tags: "new", body: "wanted" });
    expect((await asked).body).toMatchObject({ data: [{ body: "wanted" }], nextOffset: 4 });
  });

  test("that is still held at the end is empty, and what comes later is dropped", async () => {
    const fake = filled(1);
    // 5.x looks at what it holds every 5 s only.
    fake.handlers[11] = ((pull) => (request, connection) => {
      const extFields = { ...request.extFields, suspendTimeoutMillis: "60000" };
      return pull?.({ ...request, extFields }, connection) ?? null;
    })(fake.handlers[11]);
    await using rig = await started([fake]);
    const reply = await rig.ask(`GET ${queue}?offset=1`, wait(1));
    expect(reply).toMatchObject({ status: 200, body: { data: [], nextOffset: 1, minOffset: 0, maxOffset: 1 } });
    expect(fake.held).toBe(1);
    fake.append(0);
    expect(bodies(await rig.ask(`GET ${queue}?offset=1`))).toEqual(["hello"]);
    expect(rig.logged).toEqual([]);
  });

  test("isn't kept, where answers are", async () => {
    const fake = filled(1);
    await using rig = await started([fake], { sharing: { isShared: true, ttlMillis: 60_000 } });
    const poll = () => rig.ask(`GET ${queue}?offset=1`, wait(1));
    expect((await poll()).body.data).toEqual([]);
    fake.append(0, { body: "new" });
    expect(bodies(await poll())).toEqual(["new"]);
  });

  test("doesn't ask again and again a broker that holds nothing", async () => {
    const fake = filled(1, { maxHoldMillis: 0 });
    await using rig = await started([fake]);
    expect((await rig.ask(`GET ${queue}?offset=1`, wait(1))).body.data).toEqual([]);
    expect(rig.brokers[0]?.requests(11).length).toBeLessThan(6);
  });
});

describe("GET /topics/{topic}/messages by a key", () => {
  const index = { indexLastUpdateTimestamp: "1", indexLastUpdatePhyoffset: "1" };
  const answering = (...messages: ReturnType<typeof message>[]) => ({
    ...brokerScript,
    12: () => ({ body: stored(...messages), extFields: index }),
  });
  const keyed = (at: number, keys = ["k"]) => message({ keys, queueOffset: at, body: `m${at}` });

  test("merges what the brokers have by store time, the newest ones of too many", async () => {
    await using rig = await startRig({
      brokers: [
        { handlers: answering(keyed(9), keyed(1)) },
        { handlers: answering(keyed(4), keyed(5, ["x", "k"])) },
        { handlers: { ...brokerScript, 12: refusing(22) } },
      ],
    });
    await registerBrokers(rig, "t");
    expect(bodies(await rig.ask("GET /topics/t/messages?key=k"))).toEqual(["m1", "m4", "m5", "m9"]);
    expect(bodies(await rig.ask("GET /topics/t/messages?key=k&limit=2"))).toEqual(["m5", "m9"]);
    expect(rig.brokers[0]?.requests(12)[0]?.extFields).toEqual({
      topic: "t",
      key: "k",
      maxNum: "32",
      beginTimestamp: "0",
      endTimestamp: "9223372036854775807",
    });
  });

  test("within a time, to the millisecond", async () => {
    await using rig = await startRig({ brokers: [{ handlers: answering(keyed(1), keyed(2), keyed(3)) }] });
    await registerBrokers(rig, "t");
    for (const [from, to] of [
      ["from", "to"],
      ["begin", "end"],
    ]) {
      const found = await rig.ask(`GET /topics/t/messages?key=k&${from}=1700000000002&${to}=1700000000002`);
      expect(bodies(found)).toEqual(["m2"]);
    }
    expect(rig.brokers[0]?.requests(12)[0]?.extFields).toMatchObject({
      beginTimestamp: "1699999999002",
      endTimestamp: "1700000000002",
    });
  });

  test("passes over another key with the same hash, and is 404 where there is nothing else", async () => {
    await using rig = await startRig({ brokers: [{ handlers: answering(keyed(1, ["other"])) }] });
    await registerBrokers(rig, "t");
    expect(await rig.ask("GET /topics/t/messages?key=k")).toMatchObject({
      status: 404,
      body: { type: "/problems/not-found" },
    });
  });

  test("is 404 where no broker has one", async () => {
    await using rig = await startRig({
      brokers: [{ handlers: { ...brokerScript, 12: refusing(22, "can not find message") } }],
    });
    await registerBrokers(rig, "t");
    expect(await rig.ask("GET /topics/t/messages?key=k")).toMatchObject({ status: 404, body: { code: 22 } });
    expect((await rig.ask("GET /topics/none/messages?key=k")).status).toBe(404);
  });

  test("or by the id that its producer gave it, which 3.x keeps no index of", async () => {
    const uniq = (id: string, at: number) => message({ properties: { UNIQ_KEY: id }, queueOffset: at, body: id });
    const handlers = answering(uniq("A", 1), uniq("B", 2));
    await using rig = await startRig({ brokers: [{ handlers, version: V4_9_7 }] });
    await registerBrokers(rig, "t");
    expect(bodies(await rig.ask("GET /topics/t/messages?uniqueKey=B"))).toEqual(["B"]);
    expect(rig.brokers[0]?.requests(12)[0]?.extFields).toMatchObject({ key: "B", _UNIQUE_KEY_QUERY: "true" });
    await using old = await startRig({ brokers: [{ handlers, version: V3_2_6 }] });
    await registerBrokers(old, "t");
    expect(await old.ask("GET /topics/t/messages?uniqueKey=B")).toMatchObject({
      status: 501,
      body: { hint: expect.any(String) },
    });
  });

  test.each([
    "key=a&uniqueKey=b",
    "key=a&tags=b",
    "uniqueKey=a&sql=b",
    "key=a&cursor=0",
    "from=1&begin=1",
    "to=1&end=1",
  ])("is 400 for %s", async (search) => {
    await using rig = await startRig();
    expect((await rig.ask(`GET /topics/t/messages?${search}`)).status).toBe(400);
  });
});

describe("GET /topics/{topic}/messages by time", () => {
  /** Two brokers of two queues: 40 messages, the one behind the other in time, in turn. */
  function four(): [FakeQueues, FakeQueues] {
    const fakes = [
      createFakeQueues({ queueCount: 2, maxMessages: 3 }),
      createFakeQueues({ queueCount: 2, maxMessages: 3 }),
    ] as const;
    for (let at = 0; at < 40; at++) {
      const members = { body: `m${at}`, storeTimestamp: 1_700_000_000_000 + at, tags: at % 5 ? "no" : "fifth" };
      fakes[at % 2]?.append(at % 4 < 2 ? 0 : 1, members);
    }
    return [...fakes];
  }

  const named = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => `m${first + at}`);

  test("goes through all queues in the order of time, page by page, each message once", async () => {
    await using rig = await started(four(), {}, 2);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const reply = await rig.ask(`GET /topics/t/messages?limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...bodies(reply));
      cursor = reply.body.next;
    }
    expect(seen).toEqual(named(0, 39));
  });

  test("from one time to another", async () => {
    await using rig = await started(four(), {}, 2);
    const between = "from=1700000000010&to=1700000000025";
    expect((await rig.ask(`GET /topics/t/messages?${between}`)).body).toMatchObject({ next: null });
    expect(bodies(await rig.ask(`GET /topics/t/messages?${between}`))).toEqual(named(10, 25));
    const first = await rig.ask(`GET /topics/t/messages?${between}&limit=10`);
    const rest = await rig.ask(`GET /topics/t/messages?to=1700000000025&cursor=${encodeURIComponent(first.body.next)}`);
    expect([...bodies(first), ...bodies(rest)]).toEqual(named(10, 25));
  });

  test("with a tag", async () => {
    await using rig = await started(four(), {}, 2);
    expect(bodies(await rig.ask("GET /topics/t/messages?tags=fifth"))).toEqual(
      [0, 5, 10, 15, 20, 25, 30, 35].map((at) => `m${at}`),
    );
  });

  test("gives what the other brokers have, and later what one has that failed", async () => {
    await using rig = await started(four(), {}, 2);
    const [, second] = rig.brokers;
    const pull = second?.handlers[11];
    if (second) second.handlers[11] = refusing(1, "disk full");
    const part = await rig.ask("GET /topics/t/messages");
    expect(part).toMatchObject({ status: 207, body: { results: [{ ok: true }, { ok: false, remark: "disk full" }] } });
    expect(bodies(part)).toEqual(named(0, 39).filter((_, at) => at % 2 === 0));
    if (second && pull) second.handlers[11] = pull;
    const rest = await rig.ask(`GET /topics/t/messages?cursor=${encodeURIComponent(part.body.next)}`);
    expect(bodies(rest)).toEqual(named(0, 39).filter((_, at) => at % 2 === 1));
  });

  test("stops behind so many pulls, and goes on there", async () => {
    const fake = createFakeQueues({ maxMessages: 1 });
    for (let at = 0; at < 100; at++) fake.append(0, { tags: at === 99 ? "last" : "no" });
    await using rig = await started([fake], {}, 1);
    const first = await rig.ask("GET /topics/t/messages?tags=last");
    expect(first.body).toEqual({ data: [], next: "0;b1:64" });
    const second = await rig.ask("GET /topics/t/messages?tags=last&cursor=0%3Bb1:64");
    expect(second.body).toMatchObject({ data: [{ queueOffset: 99 }], next: null });
  });

  test("is empty where nothing can be read, and 400 for a cursor that is none", async () => {
    await using rig = await startRig({ brokers: [{ handlers: brokerScript }] });
    const topicConfigTable = { t: { perm: 2 } };
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name, topicConfigSerializeWrapper: { topicConfigTable } });
    expect((await rig.ask("GET /topics/t/messages")).body).toEqual({ data: [], next: null });
    expect(await rig.ask("GET /topics/t/messages?cursor=x")).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "?cursor" }] },
    });
  });
});

describe("GET /messages/{offsetMsgId}", () => {
  async function readingOf(properties: Record<string, string>, body: Uint8Array | string, accept: string) {
    const shown =
      typeof body === "string"
        ? { body }
        : { body: undefined as never, bodyBase64: Buffer.from(body).toString("base64") };
    const handlers = { ...brokerScript, 33: () => ({ body: stored(message({ properties, ...shown })) }) };
    await using rig = await startRig({ brokers: [{ host: "10.1.0.1", handlers }] });
    await registerBrokers(rig, "t");
    return await rig.raw(`GET /messages/${offsetMsgIdAt(rig.brokers[0]?.address)}`, { accept });
  }

  const CLOUD = "application/cloudevents+json";
  const event = {
    ce_specversion: "1.0",
    ce_id: "7",
    ce_source: "/shop",
    ce_type: "sold",
    ce_tenant: "a",
    ce_data: "x",
    ce_: "y",
  };
  const attributes = { specversion: "1.0", id: "7", source: "/shop", type: "sold", tenant: "a" };

  test.each([
    ["JSON", "application/json", '{"n":9007199254740993}', { data: { n: 9007199254740993n } }],
    ["JSON of a kind of its own", "application/x+json; charset=utf-8", "[1]", { data: [1] }],
    ["JSON that it isn't", "application/json", "{", { data_base64: "ew==" }],
    ["text", "text/plain", "hé", { data: "hé" }],
    ["bytes", "application/octet-stream", new Uint8Array([255]), { data_base64: "/w==" }],
    ["nothing", "text/plain", "", {}],
  ] as const)("gives a CloudEvent back with %s", async (_, type, body, data) => {
    const { status, headers, text } = await readingOf({ ...event, "content-type": type }, body, CLOUD);
    expect([status, headers.get("content-type")]).toEqual([200, CLOUD]);
    const expected = { ...attributes, datacontenttype: type, ...data };
    expect(text).toBe(stringifyJson(expected as JsonValue));
  });

  test("gives a message as it is to who takes both, and one that is no CloudEvent to all", async () => {
    const json = "application/json; charset=utf-8";
    expect(
      (await readingOf(event, "{}", "application/json, application/cloudevents+json")).headers.get("content-type"),
    ).toBe(json);
    expect((await readingOf({}, "{}", CLOUD)).headers.get("content-type")).toBe(json);
    expect((await readingOf({ ...event, ce_id: "" }, "{}", CLOUD)).headers.get("content-type")).toBe(json);
  });

  test("is 404 for an address that no broker has, and for a place without a message", async () => {
    await using rig = await startRig({
      brokers: [
        { host: "10.1.0.1", handlers: { ...brokerScript, 33: refusing(1, "can not find message by the offset, 9") } },
      ],
    });
    await registerBrokers(rig, "t");
    expect((await rig.ask("GET /messages/0A00000700002A9F0000000000000000")).status).toBe(404);
    expect((await rig.ask(`GET /messages/${offsetMsgIdAt(rig.brokers[0]?.address)}`)).status).toBe(404);
    expect((await rig.ask("GET /messages/xyz")).status).toBe(400);
  });
});

describe("POST /groups/{group}/messages/{offsetMsgId}/retry", () => {
  async function retried(body: unknown, more = {}) {
    const rig = await startRig({ brokers: [{ host: "10.1.0.1", handlers: { ...brokerScript, ...more } }] });
    await registerBrokers(rig, "t");
    const reply = await rig.ask(`POST /groups/g/messages/${offsetMsgIdAt(rig.brokers[0]?.address)}/retry`, { body });
    const sent = rig.brokers[0]?.requests(36).map(({ extFields }) => extFields);
    await rig[Symbol.asyncDispose]();
    return { reply, sent };
  }

  test("says what Java's client does", async () => {
    const { sent } = await retried({ delayLevel: -1, maxReconsumeTimes: 3 });
    expect(sent).toEqual([
      {
        offset: "0",
        group: "g",
        delayLevel: "-1",
        originMsgId: "FD0000000000000000000000000000020C4130946E0967021DFA0000",
        originTopic: "CatTopicP1",
        unitMode: "false",
        maxReconsumeTimes: "3",
      },
    ]);
    expect((await retried({})).sent?.[0]).not.toHaveProperty("maxReconsumeTimes");
  });

  test.each([
    ["a level that there isn't", { delayLevel: 19 }, {}, 422],
    ["a level below all", { delayLevel: -2 }, {}, 422],
    ["fewer redeliveries than none", { maxReconsumeTimes: -1 }, {}, 422],
    ["no message there", {}, { 33: refusing(1, "can not find message by the offset, 0") }, 404],
    ["a message that has just gone", {}, { 36: refusing(1, "look message by offset failed, 0") }, 404],
    ["a group that isn't there", {}, { 36: refusing(26, "subscription group not exist") }, 404],
  ] as const)("with %s is refused", async (_, body, more, status) => {
    expect((await retried(body, more)).reply.status).toBe(status);
  });
});
