import { describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { decodeBatch } from "../../src/body/message-batch.ts";
import { inflate } from "../../src/body/zlib.ts";
import { startNameServer } from "../../src/nameserver/name-server.ts";
import { createGateway } from "../../src/runtime/gateway.ts";
import { memoryNetwork } from "../../src/transport/memory.ts";
import type { Connect } from "../../src/transport/socket.ts";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { conforming } from "../gateway/support/conformance.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { requestOf } from "../support/http.ts";
import { type ScriptOptions, startServer } from "../support/scripted-server.ts";
import { closing, gated, refusing, silent } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { brokerScript } from "./broker-script.ts";
import { placeAt, propertiesOf, stores } from "./send-script.ts";
import { registerBrokers } from "./support.ts";

const path = "POST /topics/t/messages";
const fast = { timeoutMillis: 300, connectTimeoutMillis: 300 };

/** A gateway before brokers that answer as they usually do, but for these. */
async function started(scripts: readonly ScriptOptions["handlers"][] = [{}], options: Partial<ScriptOptions> = {}) {
  const brokers = scripts.map((handlers) => ({ ...options, handlers: { ...brokerScript, ...handlers } }));
  const rig = await startRig({ brokers, limits: fast });
  await registerBrokers(rig, "t");
  return rig;
}

/** How many messages each broker of a rig got. */
const counts = ({ brokers }: Rig, code = 310) => brokers.map((broker) => broker.requests(code).length);
const sentBy = ({ brokers }: Rig, code = 310) => brokers.flatMap((broker) => broker.requests(code));

describe("a message", () => {
  test("goes out with what its sender says of it", async () => {
    await using rig = await started();
    const { status, body } = await rig.ask(path, {
      body: {
        body: "hello 👋",
        tags: "blue",
        keys: ["k1", "k2"],
        properties: { colour: "grün", empty: "" },
        delayTimeLevel: 3,
        flag: 7,
        producerGroup: "shop",
        brokerName: "b1",
        queueId: 2,
      },
    });
    const { msgId } = body;
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        sendStatus: "SEND_OK",
        msgId,
        offsetMsgId: placeAt(4_711),
        queueOffset: 7,
        messageQueue: { topic: "t", brokerName: "b1", queueId: 2 },
        transactionId: msgId,
      },
    });
    const [request] = sentBy(rig);
    expect(request?.extFields).toMatchObject({ a: "shop", b: "t", e: "2", f: "0", h: "7", j: "0", k: "false" });
    expect(new TextDecoder().decode(request?.body ?? undefined)).toBe("hello 👋");
    const own = { TAGS: "blue", KEYS: "k1 k2", DELAY: "3", UNIQ_KEY: msgId };
    expect(propertiesOf(request?.extFields ?? null)).toEqual({ colour: "grün", ...own });
  });

  test("goes out as SEND_MESSAGE where v1 is asked for, one by one", async () => {
    await using rig = await started();
    await rig.ask(`${path}?wire=v1`, { body: [{ body: "x" }, { body: "y", tags: "blue" }] });
    expect([counts(rig, 10), counts(rig), counts(rig, 320)]).toEqual([[2], [0], [0]]);
    expect(sentBy(rig, 10)[1]?.extFields).toMatchObject({ topic: "t", producerGroup: "rocketmq-gateway" });
    expect(propertiesOf(sentBy(rig, 10)[1]?.extFields ?? null)).toMatchObject({ TAGS: "blue" });
  });

  test("is compressed from 4 KiB on, where that makes it shorter", async () => {
    await using rig = await started();
    const long = "x".repeat(4_096);
    const random = crypto.getRandomValues(new Uint8Array(5_000));
    await rig.ask(path, { body: { body: long } });
    await rig.ask(path, { body: { body: long.slice(1) } });
    await rig.ask(path, { body: random, headers: { "content-type": "application/octet-stream" } });
    const [first, second, third] = sentBy(rig);
    expect(sentBy(rig).map(({ extFields }) => extFields?.f)).toEqual(["1", "0", "0"]);
    expect(new TextDecoder().decode(inflate(first?.body ?? new Uint8Array(), 10_000))).toBe(long);
    expect([second?.body?.length, third?.body]).toEqual([4_095, random]);
  });

  test.each([
    [10, "FLUSH_DISK_TIMEOUT"],
    [11, "SLAVE_NOT_AVAILABLE"],
    [12, "FLUSH_SLAVE_TIMEOUT"],
  ])("that the broker stored though it says %d is sent once", async (code, sendStatus) => {
    await using rig = await started([{ 310: stores(code) }, { 310: stores(code) }]);
    const { status, body } = await rig.ask(path, { body: { body: "x" } });
    expect({ status, sendStatus: body.sendStatus, place: body.offsetMsgId }).toEqual({
      status: 200,
      sendStatus,
      place: placeAt(4_711),
    });
    expect(counts(rig).reduce((sum, count) => sum + count)).toBe(1);
  });

  test("of a topic that nobody knows is 404, and none is made", async () => {
    await using rig = await started();
    const { status, body } = await rig.ask("POST /topics/unknown/messages", { body: { body: "x" } });
    expect({ status, code: body.code, hint: body.hint }).toEqual({
      status: 404,
      code: 17,
      hint: "PUT /topics/{topic} makes it.",
    });
    expect(counts(rig)).toEqual([0]);
  });

  test("of a topic that may only be read is 403", async () => {
    await using rig = await started();
    await rig.ask("DELETE /brokers/b1/write-permission");
    expect(await rig.ask(path, { body: { body: "x" } })).toMatchObject({ status: 403 });
    expect(counts(rig)).toEqual([0]);
  });

  test.each([
    [{}, ["/body"]],
    [{ body: "" }, ["/body"]],
    [{ body: "x", bodyBase64: "eA==" }, ["/bodyBase64"]],
    [{ bodyBase64: "?" }, ["/bodyBase64"]],
    [{ body: "x", queueId: 1 }, ["/queueId"]],
    [{ body: "x", messageGroup: "g", brokerName: "b1" }, ["/messageGroup"]],
    [{ body: "x", brokerName: "b7" }, ["/brokerName"]],
    [{ body: "x", brokerName: "b1", queueId: 8 }, ["/queueId"]],
    [{ body: "x", delayTimeLevel: 1, deliverAfterMillis: 1 }, ["/deliverAfterMillis"]],
    [{ body: "x", deliverAt: "2026-02-30T00:00:00Z" }, ["/deliverAt"]],
    [{ body: "x", keys: ["a b", ""] }, ["/keys/0", "/keys/1"]],
    [{ body: "x", properties: { TAGS: "x", UNIQ_KEY: "y" } }, ["/properties/TAGS", "/properties/UNIQ_KEY"]],
    [{ body: "x", properties: { a: "\u0001" } }, ["/properties/a"]],
    [{ body: "x", properties: { a: "x".repeat(33_000) } }, ["/properties"]],
    [{ body: 1, tag: "x" }, ["/tag", "/body"]],
  ] as const)("%j is refused with all that is wrong with it", async (body, pointers) => {
    await using rig = await started();
    const refused = await rig.ask(path, { body });
    expect(refused.status).toBe(422);
    const places = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(places.toSorted()).toEqual(pointers.toSorted());
    const inList = await rig.ask(path, { body: [{ body: "fine" }, body] });
    const shifted = inList.body.errors?.map(({ pointer }: { pointer: string }) => pointer);
    if (inList.status === 422) expect(shifted.toSorted()).toEqual(pointers.map((pointer) => `/1${pointer}`).toSorted());
    // What only the route tells is known of each by itself.
    else expect(inList.body.data[1].problem.errors).toMatchObject([{ pointer: `/1${pointers[0]}` }]);
    expect(sentBy(rig).length).toBeLessThanOrEqual(1);
  });

  test("is shown by a dry run, which sends nothing", async () => {
    await using rig = await started();
    const { body } = await rig.ask(`${path}?dryRun=true`, { body: { body: "x", tags: "blue" } });
    const [{ command }] = body.requests;
    expect(command).toMatchObject({ code: 310, codeName: "SEND_MESSAGE_V2", body: "x", extFields: { b: "t" } });
    expect(counts(rig)).toEqual([0]);
  });

  test("that nobody is to answer is 202, and nothing is said of its place", async () => {
    await using rig = await started();
    const { status, body } = await rig.ask(`${path}?oneway=true`, { body: { body: "x" } });
    expect({ status, ...body }).toMatchObject({ status: 202, sendStatus: null, offsetMsgId: null, queueOffset: null });
    await rig.brokers[0]?.saw("1 310 oneway");
  });
});

describe("queues", () => {
  test("are taken in turn, those of all brokers", async () => {
    await using rig = await started([{}, {}]);
    const queues = new Set<string>();
    for (let count = 0; count < 16; count++) {
      const { messageQueue } = (await rig.ask(path, { body: { body: "x" } })).body;
      queues.add(`${messageQueue.brokerName} ${messageQueue.queueId}`);
    }
    expect(queues.size).toBe(16);
    expect(counts(rig)).toEqual([8, 8]);
  });

  test("of a group are one, and 5.x is told of the group", async () => {
    await using rig = await started([{}, {}]);
    for (let count = 0; count < 8; count++) await rig.ask(path, { body: { body: "x", messageGroup: "order-7" } });
    const sent = sentBy(rig);
    expect(counts(rig).toSorted()).toEqual([0, 8]);
    expect(new Set(sent.map(({ extFields }) => extFields?.e)).size).toBe(1);
    for (const { extFields } of sent) expect(propertiesOf(extFields).__SHARDINGKEY).toBe("order-7");
  });

  test("of a group are one on older brokers, which are told nothing", async () => {
    await using rig = await started([{}], { version: V4_9_7 });
    await rig.ask(path, { body: { body: "x", messageGroup: "order-7" } });
    expect(propertiesOf(sentBy(rig)[0]?.extFields ?? null).__SHARDINGKEY).toBeUndefined();
  });
});

describe("a message that a broker doesn't take", () => {
  test.each([
    ["is too busy for", refusing(2, "[REJECTREQUEST]system busy")],
    ["has no disk for", refusing(14)],
    ["may not be given", refusing(16)],
    ["doesn't know the topic of", refusing(17, "topic not exist")],
    ["is about to leave", refusing(1_500, "please go away")],
    ["is too busy for, as 4.x says it,", refusing(1, "[PC_SYNCHRONIZED]broker busy, start flow control for a while")],
    ["can't make a file for", refusing(1, "create mapped file failed, server is busy or broken.")],
  ])("because it %s it goes to another", async (_, handler) => {
    await using rig = await started([{ 310: handler }, {}]);
    for (let count = 0; count < 16; count++) {
      const { status, body } = await rig.ask(path, { body: { body: "x" } });
      expect([status, body.messageQueue?.brokerName]).toEqual([200, "b2"]);
    }
    // It was tried, once or, where the broker itself isn't to blame, whenever it was its turn.
    expect(counts(rig)[0]).toBeGreaterThan(0);
  });

  test("goes to another where one can't be reached, and none is tried in vain for a while", async () => {
    await using rig = await started([{}, {}]);
    await rig.brokers[0]?.stop();
    for (let count = 0; count < 16; count++) {
      const { status, body } = await rig.ask(path, { body: { body: "x" } });
      expect([status, body.messageQueue.brokerName]).toEqual([200, "b2"]);
    }
  });

  test.each([
    ["says something else", refusing(1, "java.lang.NullPointerException"), 502],
    ["says nothing", silent, 504],
    ["hangs up", closing, 502],
  ])("because it %s may be stored: it goes nowhere else, and the answer says so", async (_, handler, status) => {
    await using rig = await started([{ 310: handler }, { 310: handler }]);
    const { body, ...reply } = await rig.ask(path, { body: { body: "x" } });
    expect(reply.status).toBe(status);
    expect(body.hint).toStartWith("The message may have been stored all the same");
    const [request] = sentBy(rig);
    expect(propertiesOf(request?.extFields ?? null).UNIQ_KEY).toBe(body.msgId);
    expect(counts(rig).toSorted()).toEqual([0, 1]);
  });

  test.each([
    ["of its own fault", refusing(13, "the message is illegal"), 422],
    ["for want of a master", refusing(14), 503],
  ])("%s isn't stored, and nothing is said of that", async (_, handler, status) => {
    await using rig = await started([{ 310: handler }]);
    const { body, ...reply } = await rig.ask(path, { body: { body: "x" } });
    expect([reply.status, body.msgId, body.hint]).toEqual([status, undefined, undefined]);
  });

  test("for one queue of its own goes to no other", async () => {
    await using rig = await started([{ 310: refusing(2) }, {}]);
    expect((await rig.ask(path, { body: { body: "x", brokerName: "b1" } })).status).toBe(503);
    expect(counts(rig)).toEqual([1, 0]);
  });

  test("is tried at three brokers, no more", async () => {
    await using rig = await started(Array.from({ length: 5 }, () => ({ 310: refusing(2) })));
    expect((await rig.ask(path, { body: { body: "x" } })).status).toBe(503);
    expect(sentBy(rig)).toHaveLength(3);
  });

  test("that is to be timed is refused by older brokers", async () => {
    await using rig = await started([{}], { version: V4_9_7 });
    const { status, body } = await rig.ask(path, { body: { body: "x", deliverAfterMillis: 1_000 } });
    expect([status, body.hint]).toEqual([501, "Every broker knows delayTimeLevel."]);
    expect(counts(rig)).toEqual([0]);
  });
});

test("a message goes to another broker where one's connection doesn't open in time, since nothing can have left", async () => {
  const network = memoryNetwork();
  const stuck = new Set<number>();
  // As a machine that is gone: not even a refusal comes.
  const connect: Connect = (address, options) => {
    if (!stuck.has(address.port)) return network.connect(address, options);
    return new Promise((_, reject) => {
      options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
    });
  };
  const nameServer = await startNameServer({ listen: network.listen, address: { host: "ns", port: 9_876 } });
  const brokers = await Promise.all(
    ["h1", "h2"].map((host) => startServer(network, { host, handlers: { ...brokerScript } })),
  );
  const limits = { ...fast, drainTimeoutMillis: 50 };
  const gateway = createGateway({ connect, nameServers: [{ host: "ns", port: 9_876 }], limits });
  const ask = conforming(routes, gateway.fetch);
  await registerBrokers({ ask, brokers }, "t");
  stuck.add(brokers[0]?.address.port ?? 0);
  for (let count = 0; count < 16; count++) {
    const { status, body } = await ask(path, { body: { body: "x" } });
    expect([status, body.messageQueue.brokerName]).toEqual([200, "b2"]);
  }
  await gateway.close();
  await Promise.all([nameServer.close(), ...brokers.map((broker) => broker.stop())]);
});

test("a timed message says when", async () => {
  await using rig = await started();
  await rig.ask(path, { body: { body: "x", deliverAfterMillis: 1_500 } });
  await rig.ask(path, { body: { body: "x", deliverAt: "2026-01-31T12:00:00Z" } });
  await rig.ask(path, { body: { body: "x", deliverAt: 1_790_000_000_000 } });
  const properties = sentBy(rig).map(({ extFields }) => propertiesOf(extFields));
  expect(properties).toMatchObject([
    { TIMER_DELAY_MS: "1500" },
    { TIMER_DELIVER_MS: "1769860800000" },
    { TIMER_DELIVER_MS: "1790000000000" },
  ]);
});

describe("a list", () => {
  const list = (count: number, more: object = {}) =>
    Array.from({ length: count }, (_, index) => ({ body: `m${index}`, ...more }));

  test("is one batch, its rows in their order", async () => {
    await using rig = await started();
    const messages = [{ body: "a", tags: "t" }, { bodyBase64: "AP8=" }, { body: "c", properties: { p: "q" }, flag: 3 }];
    const { status, body } = await rig.ask(path, { body: messages });
    expect(status).toBe(200);
    const [request, ...others] = sentBy(rig, 320);
    expect([others.length, counts(rig)]).toEqual([0, [0]]);
    expect(request?.extFields).toMatchObject({ m: "true", i: "" });
    const decoded = decodeBatch(request?.body ?? new Uint8Array(), 10);
    expect(decoded.map((message) => [...message.body])).toEqual([[97], [0, 255], [99]]);
    expect(decoded.map(({ properties }) => properties.UNIQ_KEY)).toEqual(
      body.data.map((row: { msgId: string }) => row.msgId),
    );
    expect(decoded[2]).toMatchObject({ flag: 3, properties: { p: "q" } });
    expect(body.data.map((row: { offsetMsgId: string }) => row.offsetMsgId)).toEqual([0, 1, 2].map(placeAt));
    const offsets = body.data.map((row: { queueOffset: bigint }) => BigInt(row.queueOffset) - 9007199254740990n);
    expect(offsets).toEqual([0n, 1n, 2n]);
  });

  test("goes one by one to 3.x, which has no batches", async () => {
    await using rig = await started([{}], { version: V3_2_6 });
    const { status, body } = await rig.ask(path, { body: list(5) });
    expect([status, body.data.length, counts(rig), counts(rig, 320)]).toEqual([200, 5, [5], [0]]);
  });

  test("goes one by one where the broker takes none so large", async () => {
    await using rig = await started([{ 320: refusing(13, "the message is illegal") }]);
    expect((await rig.ask(path, { body: list(3) })).status).toBe(200);
    expect([counts(rig, 320), counts(rig)]).toEqual([[1], [3]]);
  });

  test("is a batch for each of its destinations, and what is delayed goes alone", async () => {
    await using rig = await started([{}, {}]);
    const messages = [
      ...list(2, { brokerName: "b1" }),
      ...list(2, { brokerName: "b2" }),
      { body: "x", delayTimeLevel: 1 },
    ];
    const { body } = await rig.ask(path, { body: messages });
    expect([counts(rig, 320), sentBy(rig).length]).toEqual([[1, 1], 1]);
    const brokers = body.data.map((row: { messageQueue: { brokerName: string } }) => row.messageQueue.brokerName);
    expect(brokers.slice(0, 4)).toEqual(["b1", "b1", "b2", "b2"]);
    expect(propertiesOf(sentBy(rig)[0]?.extFields ?? null).DELAY).toBe("1");
  });

  test("is several batches where it is large", async () => {
    await using rig = await started();
    const { body } = await rig.ask(path, {
      body: list(5, { properties: { p: "x".repeat(30_000) } }).concat(list(2_500)),
    });
    expect(body.data).toHaveLength(2_505);
    expect(sentBy(rig, 320)).toHaveLength(3);
    const whole = await rig.ask(path, { body: list(3).map(() => ({ body: "y".repeat(600_000) })) });
    // Two of them would be more than a mebibyte.
    expect([whole.body.data.length, sentBy(rig).length]).toEqual([3, 3]);
  });

  test("of which nothing is stored is the problem of the first, with what came of each", async () => {
    await using rig = await started([{ 320: silent }]);
    const { status, body } = await rig.ask(path, { body: list(2) });
    expect({ status, type: body.type, rows: body.data.length }).toEqual({
      status: 504,
      type: "/problems/timeout",
      rows: 2,
    });
    for (const { msgId, problem } of body.data) expect(problem).toMatchObject({ status: 504, msgId });
  });

  test("may not be empty, nor too long", async () => {
    await using rig = await started();
    expect((await rig.ask(path, { body: [] })).status).toBe(422);
    expect((await rig.ask(path, { body: list(10_001) })).status).toBe(422);
  });
});

describe("an Idempotency-Key", () => {
  const headers = { "idempotency-key": "key-1" };

  test("makes repetitions one, those at the same time too", async () => {
    const gate = gated(stores());
    await using rig = await started([{ 310: gate.handler }]);
    const asking = [1, 2, 3].map(() => rig.ask(path, { body: { body: "x", keys: "mine" }, headers }));
    await until("it is sent", () => gate.waiting > 0);
    gate.open();
    const [first, ...others] = await Promise.all(asking);
    const again = await rig.ask(path, { body: { body: "x", keys: "mine" }, headers: { "idempotency-key": '"key-1"' } });
    for (const { status, body } of [...others, again])
      expect({ status, body }).toEqual({ status: 200, body: first?.body });
    expect(counts(rig)).toEqual([1]);
    expect(propertiesOf(sentBy(rig)[0]?.extFields ?? null).KEYS).toBe("mine key-1");
  });

  test("for something else is 409", async () => {
    await using rig = await started();
    await rig.ask(path, { body: { body: "x" }, headers });
    for (const body of [{ body: "y" }, { body: "x", tags: "t" }, [{ body: "x" }, { body: "x" }]]) {
      expect((await rig.ask(path, { body, headers })).status).toBe(409);
    }
    expect(sentBy(rig)).toHaveLength(1);
    expect((await rig.ask(path, { body: { body: "x" }, headers: { "idempotency-key": "key-2" } })).status).toBe(200);
  });

  test("sends again what failed, under the id that it had", async () => {
    let fails = true;
    await using rig = await started([{ 310: (...args) => (fails ? silent(...args) : stores()(...args)) }]);
    const failed = await rig.ask(path, { body: { body: "x" }, headers });
    fails = false;
    const sent = await rig.ask(path, { body: { body: "x" }, headers });
    expect([failed.status, sent.status, sent.body.msgId]).toEqual([504, 200, failed.body.msgId]);
    expect(counts(rig)).toEqual([2]);
  });

  test("of a list sends again only those that failed", async () => {
    let fails = true;
    const handler = (...args: Parameters<typeof silent>) => (fails ? refusing(1, "no")(...args) : stores()(...args));
    await using rig = await started([{}, { 310: handler }]);
    const body = [
      { body: "x", brokerName: "b1" },
      { body: "y", brokerName: "b2" },
    ];
    expect((await rig.ask(path, { body, headers })).status).toBe(207);
    fails = false;
    expect((await rig.ask(path, { body, headers })).status).toBe(200);
    expect(counts(rig)).toEqual([1, 2]);
  });

  test.each(["a b", "ä", "", '"', "x".repeat(129)])("%j is none", async (key) => {
    await using rig = await started();
    const { status, body } = await rig.ask(path, { body: { body: "x" }, headers: { "idempotency-key": key } });
    expect([status, body.errors]).toMatchObject([400, [{ pointer: "header:idempotency-key" }]]);
  });
});

describe("lines", () => {
  const type = "application/x-ndjson";
  /** What came of each line. */
  async function sentLines(rig: Rig, text: string, query = "") {
    const request = requestOf("http://localhost", `/topics/t/messages${query}`, {
      method: "POST",
      body: text,
      headers: { "content-type": type, accept: type },
    });
    const response = await rig.fetch(request);
    const lines = (await response.text()).split("\n").filter(Boolean);
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      answers: lines.map((line) => JSON.parse(line)),
    };
  }

  test("are answered one by one, in their order", async () => {
    await using rig = await started();
    const text = ['{"body":"a"}', "", '  {"body":"b","brokerName":"b1","queueId":3} \r', '{"bodyBase64":"AA=="}'].join(
      "\n",
    );
    const { status, type: told, answers } = await sentLines(rig, text);
    expect([status, told, answers.length]).toEqual([200, type, 3]);
    expect(answers[1]).toMatchObject({ sendStatus: "SEND_OK", messageQueue: { brokerName: "b1", queueId: 3 } });
    const ids = sentBy(rig).map(({ extFields }) => propertiesOf(extFields).UNIQ_KEY);
    expect(ids.toSorted()).toEqual(answers.map(({ msgId }) => msgId).toSorted());
  });

  test("that are bad say so with their number, and stop no other", async () => {
    await using rig = await started([{}], { version: V4_9_7 });
    const bad = [
      "{",
      "[]",
      '{"body":1}',
      '{"body":""}',
      '{"body":"x","deliverAfterMillis":5}',
      '{"body":"x","brokerName":"b9"}',
    ];
    const { answers } = await sentLines(rig, ['{"body":"first"}', ...bad, '{"body":"last"}'].join("\n"));
    expect(answers.map(({ line, problem }) => [line, problem?.status])).toEqual([
      [undefined, undefined],
      [2, 400],
      [3, 422],
      [4, 422],
      [5, 422],
      [6, 501],
      [7, 422],
      [undefined, undefined],
    ]);
    expect(counts(rig)).toEqual([2]);
  });

  test("of one group keep their order, while others overtake them", async () => {
    const gate = gated(stores());
    const held = {
      310: (...args: Parameters<typeof silent>) =>
        propertiesOf(args[0].extFields).KEYS === "slow" ? gate.handler(...args) : stores()(...args),
    };
    await using rig = await started([held]);
    const line = (body: object) => JSON.stringify(body);
    const text = [
      line({ body: "1", messageGroup: "g", keys: "slow" }),
      line({ body: "2", messageGroup: "g" }),
      line({ body: "3" }),
    ].join("\n");
    const asking = sentLines(rig, text);
    await until("the third has overtaken", () => sentBy(rig).length === 2);
    const bodies = () => sentBy(rig).map(({ body }) => new TextDecoder().decode(body ?? undefined));
    expect(bodies().toSorted()).toEqual(["1", "3"]);
    gate.open();
    expect((await asking).answers).toHaveLength(3);
    expect(bodies()[2]).toBe("2");
  });

  test("take neither a dry run nor a key", async () => {
    await using rig = await started();
    const ask = (query: string, headers = {}) =>
      rig.ask(`${path}${query}`, { body: '{"body":"x"}', headers: { "content-type": type, ...headers } });
    expect((await ask("?dryRun=true")).status).toBe(400);
    expect((await ask("", { "idempotency-key": "k" })).status).toBe(400);
    expect(counts(rig)).toEqual([0]);
  });

  test("one-way are 202", async () => {
    await using rig = await started();
    const { status, answers } = await sentLines(rig, '{"body":"x"}', "?oneway=true");
    expect([status, answers.length, answers[0].sendStatus]).toEqual([202, 1, null]);
  });
});

describe("a body of another type", () => {
  const raw = (rig: Rig, type: string | null, headers: Record<string, string> = {}, body: unknown = "hello") =>
    rig.ask(path, { body, headers: { ...(type !== null && { "content-type": type }), ...headers } });

  test("is the message as it is, and headers say the rest", async () => {
    await using rig = await started();
    const { status } = await raw(rig, "Image/PNG; q=1", {
      "rocketmq-tags": "blue",
      "rocketmq-keys": "k1, k2 k3",
      "rocketmq-property-colour": "gr%C3%BCn",
      "rocketmq-properties": '{"Case":"kept","n":"\\u2028"}',
      "rocketmq-flag": "5",
      "rocketmq-delay-time-level": "2",
      "rocketmq-broker-name": "b1",
      "rocketmq-queue-id": "1",
      "rocketmq-producer-group": "shop",
    });
    expect(status).toBe(200);
    const [request] = sentBy(rig);
    expect(request?.extFields).toMatchObject({ a: "shop", e: "1", h: "5" });
    const { UNIQ_KEY: _, ...properties } = propertiesOf(request?.extFields ?? null);
    expect(properties).toEqual({
      "content-type": "Image/PNG; q=1",
      colour: "grün",
      Case: "kept",
      n: "\u2028",
      TAGS: "blue",
      KEYS: "k1 k2 k3",
      DELAY: "2",
    });
  });

  test("of mere bytes says nothing of its type", async () => {
    await using rig = await started();
    await raw(rig, "application/octet-stream");
    expect(Object.keys(propertiesOf(sentBy(rig)[0]?.extFields ?? null))).toEqual(["UNIQ_KEY"]);
  });

  test("is refused where a header can't be right", async () => {
    await using rig = await started();
    const refused = await raw(rig, "text/plain", {
      "rocketmq-flag": "x",
      "rocketmq-tagz": "y",
      "rocketmq-delay-time-level": "-1",
    });
    expect(refused.status).toBe(400);
    const places = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(places.toSorted()).toEqual([
      "header:rocketmq-delay-time-level",
      "header:rocketmq-flag",
      "header:rocketmq-tagz",
    ]);
    expect((await raw(rig, "text/plain", { "rocketmq-properties": "[]" })).status).toBe(400);
    expect((await raw(rig, "text/plain", {}, new Uint8Array())).status).toBe(422);
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "that %s is, for want of a better, isn't taken for a message",
    async (type) => {
      await using rig = await started();
      expect((await raw(rig, type)).status).toBe(415);
    },
  );
});
