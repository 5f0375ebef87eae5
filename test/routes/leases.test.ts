import { describe, expect, test } from "bun:test";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { message } from "../support/message.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { closing, gated, refusing, silent } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { brokerScript } from "./broker-script.ts";
import { group, handleOf, nothing, popped, tellsOf } from "./lease-script.ts";
import { registerBrokers } from "./support.ts";

type Handlers = Readonly<Record<number, Handler>>;

const path = "/groups/g/topics/t/messages";
const dead = message({ reconsumeTimes: 17, properties: { UNIQ_KEY: "DEAD" } });
const empty: Handlers = { 200050: nothing };

/** A rig with a broker b1, b2 and so on for each of these answers, given in place of the usual ones. */
async function started(answers: readonly Handlers[] = [{}], options: object = {}): Promise<Rig> {
  const rig = await startRig({
    brokers: answers.map((own) => ({ handlers: { ...brokerScript, ...own } })),
    ...options,
  });
  await registerBrokers(rig, "t");
  return rig;
}

const post = ({ ask }: Rig, verb: string, body: unknown = {}, init: object = {}) =>
  ask(`POST ${path}/${verb}`, { body, ...init });
const sent = ({ brokers: [broker] }: Rig, code: number) => broker?.requests(code).map(({ extFields }) => extFields);

/** Answers in turn, and then as the last one does. */
function inTurn(...handlers: readonly Handler[]): Handler {
  let turn = 0;
  return (request, connection) => {
    const handler = handlers[Math.min(turn++, handlers.length - 1)];
    return handler ? handler(request, connection) : null;
  };
}

describe("receiving", () => {
  test("asks as Java does, and by the broker's clock", async () => {
    await using rig = await started();
    await post(rig, "receive");
    const usual = { consumerGroup: "g", topic: "t", queueId: "-1", pollTime: "0", bornTime: "0", order: "false" };
    expect(sent(rig, 200_050)).toEqual([{ ...usual, maxMsgNums: "1", invisibleTime: "30000", initMode: "0" }]);
    const body = { maxMessages: 32, invisibleMillis: 1_000, tags: "a || b", attemptId: "x" };
    await post(rig, "receive?from=latest", body);
    await post(rig, "receive", { sql: "a > 1" });
    expect(sent(rig, 200_050)?.slice(1)).toMatchObject([
      { maxMsgNums: "32", invisibleTime: "1000", initMode: "1", expType: "TAG", exp: "a || b", attemptId: "x" },
      { expType: "SQL92", exp: "a > 1" },
    ]);
  });

  test("holds a group to its order", async () => {
    await using rig = await started([{ 352: group({ consumeMessageOrderly: true }), ...empty }]);
    await post(rig, "receive", { waitMillis: 100 });
    expect(sent(rig, 200_050)).toMatchObject([{ order: "true" }]);
    expect(sent(rig, 200_054)?.[0]).toMatchObject({ consumerGroup: "g", topic: "t", order: "true", bornTime: "0" });
  });

  test.each([19, 209, 210])("answers an empty list to code %d", async (code) => {
    await using rig = await started([{ 200050: refusing(code) }]);
    expect(await post(rig, "receive")).toMatchObject({ status: 200, body: { data: [], results: [{ ok: true }] } });
    expect(sent(rig, 200_054)).toEqual([]);
  });

  test("takes the messages of one broker, and leaves those of the others", async () => {
    await using rig = await started([{}, {}]);
    const { body } = await post(rig, "receive", { maxMessages: 32 });
    expect(body.data).toHaveLength(1);
    expect(body.results).toHaveLength(1);
    expect(rig.brokers.flatMap((broker) => broker.requests(200_050))).toHaveLength(1);
  });

  test("looks at every broker for a message", async () => {
    await using rig = await started([empty, {}]);
    for (let turn = 0; turn < 8; turn++) {
      const { status, body } = await post(rig, "receive");
      expect({ status, ids: body.data.map(({ msgId }: { msgId: string }) => msgId) }).toEqual({
        status: 200,
        ids: ["U7"],
      });
    }
  });

  test("leaves out a broker that no one may read of", async () => {
    await using rig = await started([{}, {}]);
    const config = { topicConfigSerializeWrapper: { topicConfigTable: { t: { perm: 2 } } } };
    expect((await rig.ask("PUT /brokers/registrations/c1~b1~0", { body: config })).status).toBe(200);
    for (let turn = 0; turn < 8; turn++) await post(rig, "receive");
    expect(rig.brokers.map((broker) => broker.requests(200_050).length)).toEqual([0, 8]);
  });

  test("waits until a broker tells of a message, and takes it at once", async () => {
    const news = gated(tellsOf(true));
    await using rig = await started([{ 200050: inTurn(nothing, popped([message()])), 200054: news.handler }]);
    const asking = post(rig, "receive", { waitMillis: 20_000 });
    await until("the broker is asked for news", () => news.waiting === 1);
    expect(sent(rig, 200_050)).toHaveLength(1);
    news.open();
    expect(await asking).toMatchObject({ status: 200, body: { data: [{ msgId: "U7" }] } });
    expect(sent(rig, 200_050)).toHaveLength(2);
  });

  test("asks for news again while there are none, each time for a part of the time", async () => {
    await using rig = await started([{ ...empty, 200054: inTurn(tellsOf(false), tellsOf(false), tellsOf(true)) }], {
      limits: { awaitMessagesMillis: 40 },
    });
    const [broker] = rig.brokers;
    if (broker) broker.handlers[200050] = inTurn(nothing, popped([message()]));
    expect((await post(rig, "receive", { waitMillis: 20_000 })).body.data).toHaveLength(1);
    expect(sent(rig, 200_054)?.map((fields) => fields?.pollTime)).toEqual(["40", "40", "40"]);
  });

  test("goes on waiting where others were quicker, and doesn't spin", async () => {
    await using rig = await started([{ ...empty, 200054: tellsOf(true) }]);
    const { body } = await post(rig, "receive", { waitMillis: 300 });
    expect(body).toMatchObject({ data: [], results: [{ ok: true }] });
    const pops = sent(rig, 200_050)?.length ?? 0;
    expect(pops).toBeGreaterThan(1);
    expect(pops).toBeLessThan(20);
  });

  test("looks now and then where too many wait already", async () => {
    await using rig = await started([{ 200054: tellsOf(false, true) }]);
    const [broker] = rig.brokers;
    if (broker) broker.handlers[200050] = inTurn(nothing, nothing, popped([message()]));
    expect((await post(rig, "receive", { waitMillis: 20_000 })).body.data).toHaveLength(1);
  });

  test("ends empty with the time that the caller grants", async () => {
    await using rig = await started([{ ...empty, 200054: silent }]);
    const headers = { prefer: "wait=1" };
    const startedAt = performance.now();
    const { status, body } = await post(rig, "receive", { waitMillis: 30_000 }, { headers });
    expect({ status, body }).toMatchObject({ status: 200, body: { data: [], results: [{ ok: true }] } });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  test("tells of a broker that fails beside the messages of another", async () => {
    await using rig = await started([empty, { ...empty, 200054: closing }]);
    const { status, body } = await post(rig, "receive", { waitMillis: 50 });
    expect({ status, data: body.data, results: body.results }).toMatchObject({
      status: 207,
      data: [],
      results: expect.arrayContaining([expect.objectContaining({ brokerName: "b2", ok: false, problem: "closed" })]),
    });
  });

  test("passes on why a broker hands out none", async () => {
    await using rig = await started([{ 200050: refusing(16, "subscription group no permission, g") }]);
    expect(await post(rig, "receive", { waitMillis: 9_000 })).toMatchObject({ status: 403, body: { code: 16 } });
    const unknown = await rig.ask("POST /groups/g/topics/none/messages/receive", { body: {} });
    expect(unknown).toMatchObject({ status: 404, body: { code: 17 } });
  });

  test.each([
    { maxMessages: 0 },
    { maxMessages: 33 },
    { invisibleMillis: 999 },
    { invisibleMillis: 43_200_001 },
    { waitMillis: -1 },
    { waitMillis: 60_001 },
    { tags: "" },
    { tags: "a", sql: "b = 1" },
    { maxMessage: 1 },
  ])("refuses %j", async (body) => {
    await using rig = await started();
    const reply = await post(rig, "receive", body);
    expect({ status: reply.status, sent: sent(rig, 200_050) }).toEqual({ status: 422, sent: [] });
  });

  test("shows what it would take, makes no group for it and waits for nothing", async () => {
    await using rig = await started([{}, {}]);
    const { body } = await post(rig, "receive?dryRun=true", { waitMillis: 60_000 });
    expect(body.requests.map(({ command }: { command: { code: number } }) => command.code)).toEqual([200_050]);
    expect(rig.brokers.flatMap((broker) => broker.requests(352))).toEqual([]);
  });
});

describe("a message whose last attempt failed", () => {
  test("becomes a dead letter, and the next one is handed out", async () => {
    const next = message({ queueOffset: 8, properties: { UNIQ_KEY: "U8" } });
    await using rig = await started([{ 200050: inTurn(popped([dead]), popped([next])) }]);
    const { status, body } = await post(rig, "receive");
    expect({ status, body }).toMatchObject({ status: 200, body: { data: [{ msgId: "U8" }], deadLetters: ["DEAD"] } });
    expect(sent(rig, 36)).toEqual([
      {
        ...{ offset: "4711", group: "g", delayLevel: "-1", originMsgId: "DEAD", originTopic: "t" },
        ...{ unitMode: "false", maxReconsumeTimes: "0" },
      },
    ]);
    expect(sent(rig, 200_051)).toMatchObject([{ consumerGroup: "g", topic: "t", offset: "7" }]);
  });

  test.each([
    [0, 0, false],
    [0, 1, true],
    [2, 2, false],
    [2, 3, true],
    [-1, 0, false],
    [-1, 1, true],
  ])("with retryMaxTimes %d is one with reconsumeTimes %d: %p", async (retryMaxTimes, reconsumeTimes, isDead) => {
    const again = popped([message({ reconsumeTimes })]);
    await using rig = await started([{ 352: group({ retryMaxTimes }), 200050: inTurn(again, nothing) }]);
    const { body } = await post(rig, "receive");
    expect([body.data.length, body.deadLetters]).toEqual(isDead ? [0, ["U7"]] : [1, []]);
  });

  test("is counted by the broker in order mode", async () => {
    const again = popped([message()], { order: "0 qo0%7 3;0 0 3" });
    const rules = group({ retryMaxTimes: 2, consumeMessageOrderly: true });
    await using rig = await started([{ 352: rules, 200050: inTurn(again, nothing) }]);
    expect((await post(rig, "receive")).body).toMatchObject({ data: [], deadLetters: ["U7"] });
  });

  test("is handed out once more where it can't be put there", async () => {
    await using rig = await started([{ 200050: popped([dead]), 36: refusing(1, "disk full") }]);
    const { body } = await post(rig, "receive");
    expect(body).toMatchObject({ data: [{ msgId: "DEAD", deliveryAttempt: 18 }], deadLetters: [] });
    expect(sent(rig, 200_051)).toEqual([]);
  });

  test("is one even where the broker doesn't hear that it is done with", async () => {
    await using rig = await started([{ 200050: inTurn(popped([dead]), nothing), 200051: refusing(1) }]);
    expect((await post(rig, "receive")).body).toMatchObject({ data: [], deadLetters: ["DEAD"] });
  });
});

describe("acknowledging", () => {
  const over = handleOf({ popTime: Date.now() - 2_000, invisibleTime: 1_000 });
  const elsewhere = handleOf({ brokerName: "b9" });

  test("one message names it as the broker does", async () => {
    await using rig = await started();
    await post(rig, "ack", { receiptHandle: handleOf({ popTime: 1, invisibleTime: 9e15 }) });
    await post(rig, "ack", { receiptHandles: [handleOf({ popTime: 1, invisibleTime: 9e15, origin: "1" })] });
    const of = { consumerGroup: "g", queueId: "0", offset: "7" };
    expect(sent(rig, 200_051)).toEqual([
      { ...of, topic: "t", extraInfo: "7 1 9000000000000000 3 0 b1 0 7" },
      { ...of, topic: "%RETRY%g_t", extraInfo: "7 1 9000000000000000 3 1 b1 0 7" },
    ]);
  });

  test("many goes in one request to each broker", async () => {
    await using rig = await started([{}, {}]);
    const receiptHandles = [7, 8, 15].flatMap((queueOffset) =>
      ["b1", "b2"].map((brokerName) => handleOf({ queueOffset, brokerName })),
    );
    const { status, body } = await post(rig, "ack", { receiptHandles });
    expect(status).toBe(200);
    expect(body.results.map((row: { receiptHandle: string; brokerName: string }) => row)).toMatchObject(
      receiptHandles.map((receiptHandle, index) => ({ receiptHandle, brokerName: index % 2 ? "b2" : "b1", ok: true })),
    );
    const acks = rig.brokers.map((broker) =>
      broker.requests(200_151).map((request) => JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array()))),
    );
    expect(acks).toMatchObject(
      ["b1", "b2"].map((brokerName) => [{ brokerName, acks: [{ c: "g", t: "t", r: "0", so: 7, q: 0, b: "AwE=" }] }]),
    );
    expect(sent(rig, 200_051)).toEqual([]);
  });

  test("many goes one by one to a broker that doesn't take them together", async () => {
    await using rig = await started([{ 200151: refusing(3, " request type 200151 not supported") }]);
    const receiptHandles = [handleOf(), handleOf({ queueOffset: 8 })];
    expect((await post(rig, "ack", { receiptHandles })).status).toBe(200);
    expect(sent(rig, 200_051)?.map((fields) => fields?.offset)).toEqual(["7", "8"]);
  });

  test("makes no set of bits as large as a handle says", async () => {
    await using rig = await started();
    const far = handleOf({ startOffset: 0, queueOffset: 9_007_199_254_740_993n });
    const before = handleOf({ startOffset: 9, queueOffset: 8 });
    expect((await post(rig, "ack", { receiptHandles: [far, before, far] })).status).toBe(200);
    expect(rig.brokers[0]?.requests(200_151)).toEqual([]);
    expect(sent(rig, 200_051)).toHaveLength(3);
  });

  test("says of each what became of it", async () => {
    await using rig = await started([{ 200051: refusing(208, "offset is illegal") }, {}]);
    const refused = handleOf();
    const good = handleOf({ brokerName: "b2" });
    const foreign = handleOf({ group: "h" });
    const receiptHandles = [refused, over, good, elsewhere, foreign, "x"];
    const { status, body } = await post(rig, "ack", { receiptHandles });
    expect({ status, results: body.results }).toMatchObject({
      status: 207,
      results: [
        { receiptHandle: refused, ok: false, code: 208, codeName: "NO_MESSAGE", remark: "offset is illegal" },
        { receiptHandle: over, ok: false, code: null, problem: "gone" },
        { receiptHandle: good, ok: true, code: 0 },
        { receiptHandle: elsewhere, ok: false, problem: "not-found" },
        { receiptHandle: foreign, ok: false, problem: "invalid-body" },
        { receiptHandle: "x", ok: false, problem: "invalid-body" },
      ],
    });
  });

  test.each([
    ["a lease that is over", "gone", 410, { receiptHandle: over }],
    ["leases that are over", "gone", 410, { receiptHandles: [over, over] }],
    ["an unknown broker", "not-found", 404, { receiptHandle: elsewhere }],
    ["an unknown broker twice", "not-found", 404, { receiptHandles: [elsewhere, elsewhere] }],
    ["no handle", "invalid-body", 422, { receiptHandle: "x" }],
    ["no handle and one that is over", "invalid-body", 422, { receiptHandles: ["x", over] }],
    ["an empty body", "invalid-body", 422, {}],
    ["an empty list", "invalid-body", 422, { receiptHandles: [] }],
    ["a handle and a list", "invalid-body", 422, { receiptHandle: over, receiptHandles: [over] }],
    ["a long text", "invalid-body", 422, { receiptHandle: "a".repeat(2_049) }],
  ])("%s is %s", async (_, problem, status, stated) => {
    await using rig = await started();
    const reply = await post(rig, "ack", stated);
    expect(reply).toMatchObject({ status, body: { type: `/problems/${problem}` } });
    expect(sent(rig, 200_051)).toEqual([]);
  });

  test("nothing with success is what the brokers say", async () => {
    await using rig = await started([{ 200051: refusing(208, "offset is illegal"), 200151: refusing(1, "disk full") }]);
    expect(await post(rig, "ack", { receiptHandle: handleOf() })).toMatchObject({
      status: 404,
      body: { code: 208, results: [{ brokerName: "b1", code: 208 }] },
    });
    const receiptHandles = [handleOf(), handleOf({ queueOffset: 8 })];
    expect(await post(rig, "ack", { receiptHandles })).toMatchObject({ status: 502, body: { code: 1 } });
  });
});

describe("renewing", () => {
  test("names the message as the broker does, and as Java then does", async () => {
    await using rig = await started();
    const receiptHandle = handleOf({ startOffset: 5, origin: "2" });
    const { body } = await post(rig, "renew", { receiptHandle, invisibleMillis: 60_000 });
    const [fields] = sent(rig, 200_053) ?? [];
    expect(fields).toMatchObject({ topic: "%RETRY%g+t", queueId: "0", offset: "7", invisibleTime: "60000" });
    expect(body.receiptHandle).toBe(handleOf({ startOffset: 7, origin: "2", invisibleTime: 60_000, reviveQid: 4 }));
  });

  test("is refused for what is over, or for no handle", async () => {
    await using rig = await started();
    const over = handleOf({ popTime: Date.now() - 2_000, invisibleTime: 1_000 });
    const renew = (receiptHandle: string) => post(rig, "renew", { receiptHandle, invisibleMillis: 0 });
    expect((await renew(over)).status).toBe(410);
    expect((await renew("x")).status).toBe(422);
    expect((await renew(handleOf({ brokerName: "b9" }))).status).toBe(404);
    expect(sent(rig, 200_053)).toEqual([]);
  });
});

describe.each([V3_2_6, V4_9_7])("at a broker of version %d", (version) => {
  test.each([
    ["receive", "nothing", {}],
    ["ack", "no handle", { receiptHandle: "x" }],
    ["ack", "a handle", { receiptHandle: handleOf() }],
    ["ack", "two handles", { receiptHandles: [handleOf(), handleOf({ queueOffset: 8 })] }],
    ["renew", "no handle", { receiptHandle: "x", invisibleMillis: 0 }],
    ["renew", "a handle", { receiptHandle: handleOf(), invisibleMillis: 0 }],
  ])("POST %s with %s is 501, and says what to do instead", async (verb, _, body) => {
    await using rig = await startRig({ brokers: [{ handlers: brokerScript, version }] });
    await registerBrokers(rig, "t");
    const reply = await post(rig, verb, body);
    expect(reply.status).toBe(501);
    expect(reply.body.hint).toStartWith("It is served by brokers of 5.5.0. ");
    expect(reply.body.hint).toContain("PUT /groups/{group}/offsets/{topic}/{broker}/{queue}");
  });
});
