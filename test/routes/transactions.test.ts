import { describe, expect, test } from "bun:test";
import { type Transaction, transactionId } from "../../src/http/transaction-id.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { propertiesOf } from "./send-script.ts";
import { registerBrokers } from "./support.ts";

async function started(handlers: ScriptOptions["handlers"] = {}): Promise<Rig> {
  const rig = await startRig({
    brokers: [{ handlers: { ...brokerScript, ...handlers } }],
    limits: { timeoutMillis: 300 },
  });
  await registerBrokers(rig, "t");
  return rig;
}

const path = "POST /topics/t/transactions";
const sent = ({ brokers }: Rig, code: number) => brokers[0]?.requests(code) ?? [];
const transaction: Transaction = {
  topic: "%RETRY%g",
  brokerName: "b1",
  producerGroup: "shop 👋",
  msgId: "0A000009126744A5CF3B21B2A9B40000",
  transactionId: "tx",
  commitLogOffset: 9223372036854775807n,
  tranStateTableOffset: 0,
};

describe("half a transaction", () => {
  test("says what it is, and answers with what ends it", async () => {
    await using rig = await started();
    const message = { body: "x".repeat(5_000), tags: "blue", producerGroup: "shop", messageGroup: "g" };
    const { status, body, headers } = await rig.ask(path, { body: message });
    const [request] = sent(rig, 310);
    const properties = { TAGS: "blue", TRAN_MSG: "true", PGROUP: "shop", UNIQ_KEY: body.msgId, __SHARDINGKEY: "g" };
    expect(propertiesOf(request?.extFields ?? null)).toEqual(properties);
    // Compressed, and half.
    expect(request?.extFields).toMatchObject({ a: "shop", f: "5" });
    expect([status, headers.get("location")]).toEqual([201, `/transactions/${body.id}`]);
    const { body: told } = await rig.ask(`GET ${headers.get("location")}`);
    expect(told).toEqual({
      id: body.id,
      topic: "t",
      brokerName: "b1",
      producerGroup: "shop",
      msgId: body.msgId,
      transactionId: body.msgId,
      commitLogOffset: 4_711,
      tranStateTableOffset: 7,
    });
  });

  test("may be of any type, and one event", async () => {
    await using rig = await started();
    const ce = { "ce-specversion": "1.0", "ce-id": "1", "ce-source": "s", "ce-type": "t" };
    const headers = { ...ce, "content-type": "text/plain", "rocketmq-producer-group": "shop" };
    expect((await rig.ask(path, { body: "hello", headers })).status).toBe(201);
    expect(propertiesOf(sent(rig, 310)[0]?.extFields ?? null)).toMatchObject({ ce_id: "1", PGROUP: "shop" });
  });

  test.each([
    [{ body: "x", delayTimeLevel: 1 }, 422],
    [{ body: "x", deliverAfterMillis: 1 }, 422],
    [[{ body: "x" }], 422],
    [{}, 422],
  ])("is not %j", async (body, status) => {
    await using rig = await started();
    expect((await rig.ask(path, { body })).status).toBe(status);
    expect(sent(rig, 310)).toEqual([]);
  });

  test("without an answer has no name", async () => {
    await using rig = await started();
    const { status, body, headers } = await rig.ask(`${path}?oneway=true`, { body: { body: "x" } });
    expect([status, body.id, headers.get("location")]).toEqual([202, null, null]);
  });
});

describe("the end of a transaction", () => {
  const id = transactionId(transaction);

  test.each([
    ["commit", "8", 200],
    ["rollback", "12", 200],
  ])("%s is told to the broker that has it", async (state, commitOrRollback, status) => {
    await using rig = await started();
    const ended = await rig.ask(`PUT /transactions/${id}`, { body: { state } });
    expect(ended).toMatchObject({ status, body: { state, results: [{ brokerName: "b1", ok: true }] } });
    expect(sent(rig, 37).map(({ extFields, flag }) => ({ extFields, flag }))).toEqual([
      {
        flag: 0,
        extFields: {
          producerGroup: "shop 👋",
          tranStateTableOffset: "0",
          commitLogOffset: "9223372036854775807",
          commitOrRollback,
          fromTransactionCheck: "false",
          msgId: transaction.msgId,
          transactionId: "tx",
          topic: "%RETRY%g",
        },
      },
    ]);
  });

  test("unknown is told, and no answer is waited for, since none comes", async () => {
    await using rig = await started({ 37: silent });
    const ended = await rig.ask(`PUT /transactions/${id}`, { body: { state: "unknown" } });
    expect(ended).toMatchObject({ status: 202, body: { results: [{ ok: true, code: null }] } });
    await rig.brokers[0]?.saw("1 37 oneway");
    const { body } = await rig.ask(`PUT /transactions/${id}?dryRun=true`, { body: { state: "unknown" } });
    expect(body.requests[0].command).toMatchObject({ flag: 2, extFields: { commitOrRollback: "0" } });
  });

  test("answers a check with the places that it tells of", async () => {
    await using rig = await started();
    const check = { commitLogOffset: "9007199254740993", tranStateTableOffset: 2 };
    expect((await rig.ask(`PUT /transactions/${id}`, { body: { state: "commit", check } })).status).toBe(200);
    expect(sent(rig, 37)[0]?.extFields).toMatchObject({
      fromTransactionCheck: "true",
      commitLogOffset: "9007199254740993",
      tranStateTableOffset: "2",
    });
  });

  test("that the broker refuses is its refusal, with what helps", async () => {
    await using rig = await started({ 37: refusing(604, "") });
    const { status, body } = await rig.ask(`PUT /transactions/${id}`, { body: { state: "commit" } });
    expect([status, body.code, body.hint]).toEqual([403, 604, expect.stringContaining("transaction-check")]);
  });

  test("of a broker that nobody knows is 404", async () => {
    await using rig = await started();
    const other = transactionId({ ...transaction, brokerName: "b9" });
    expect((await rig.ask(`PUT /transactions/${other}`, { body: { state: "commit" } })).status).toBe(404);
  });

  test.each([{}, { state: "done" }, { state: "commit", check: {} }, { state: "commit", more: 1 }])(
    "%j is none",
    async (body) => {
      await using rig = await started();
      expect((await rig.ask(`PUT /transactions/${id}`, { body })).status).toBe(422);
      expect(sent(rig, 37)).toEqual([]);
    },
  );
});
