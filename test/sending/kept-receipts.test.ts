import { expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { createKeptReceipts, type Deliver } from "../../src/sending/kept-receipts.ts";
import type { Delivery } from "../../src/sending/receipt.ts";
import { faultOf } from "../support/fault-of.ts";

const limits = { idempotencyTtlMillis: 60_000, maxKeptReceipts: 10 };
const messageQueue = { topic: "t", brokerName: "b", queueId: 0 };
const done = (msgId: string): Delivery => {
  return { ok: true, receipt: { sendStatus: "SEND_OK", msgId, offsetMsgId: null, queueOffset: null, messageQueue } };
};
const lost = (msgId: string): Delivery => ({ ok: false, fault: new Fault("timeout", "Cannot send: late"), msgId });
const refused = (msgId: string): Delivery => ({ ok: false, fault: new Fault("forbidden", "Cannot send: no"), msgId });

/** Delivers, and counts how often it is asked for how many. */
function counting(outcome: (msgId: string, index: number) => Delivery = done) {
  const asked: number[] = [];
  const deliver: Deliver = async (wanted) => {
    asked.push(wanted.length);
    return wanted.map(({ msgId, index }) => outcome(msgId, index));
  };
  return { asked, deliver };
}

test("what was delivered under a key is delivered once", async () => {
  const kept = createKeptReceipts(limits);
  const { asked, deliver } = counting();
  const [first, second] = await Promise.all([kept.once("k", "p", 2, deliver), kept.once("k", "p", 2, deliver)]);
  expect([first, await kept.once("k", "p", 2, deliver)]).toEqual([second, second]);
  await kept.once("other", "p", 1, deliver);
  expect(asked).toEqual([2, 1]);
});

test("what may have been delivered keeps its id, and what can't have been keeps nothing", async () => {
  const kept = createKeptReceipts(limits);
  const [failed] = await kept.once("k", "p", 1, counting(lost).deliver);
  const fault = await faultOf(kept.once("k", "other", 1, counting().deliver));
  expect(fault.fault).toBe("conflict");
  const [again] = await kept.once("k", "p", 1, counting().deliver);
  expect(again?.ok && again.receipt.msgId).toBe((failed as { msgId: string }).msgId);

  await kept.once("free", "p", 1, counting(refused).deliver);
  expect(await kept.once("free", "other", 1, counting().deliver)).toMatchObject([{ ok: true }]);
});

test("of several only those are delivered again that weren't", async () => {
  const kept = createKeptReceipts(limits);
  await kept.once("k", "p", 3, counting((msgId, index) => (index === 1 ? lost(msgId) : done(msgId))).deliver);
  const { asked, deliver } = counting();
  expect((await kept.once("k", "p", 3, deliver)).map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(asked).toEqual([1]);
});

test("a delivery that fails as a whole keeps nothing", async () => {
  const kept = createKeptReceipts(limits);
  const failing: Deliver = async () => {
    throw new Fault("not-found", "Cannot find topic t");
  };
  expect((await faultOf(kept.once("k", "p", 1, failing))).fault).toBe("not-found");
  expect(await kept.once("k", "other", 1, counting().deliver)).toMatchObject([{ ok: true }]);
});

test("no more are kept than may be, the oldest go first, and none for longer", async () => {
  const kept = createKeptReceipts(limits);
  const { asked, deliver } = counting();
  for (const key of ["a", "b", "c"]) await kept.once(key, "p", 4, deliver);
  await kept.once("c", "p", 4, deliver);
  await kept.once("b", "p", 4, deliver);
  expect(asked).toEqual([4, 4, 4]);
  await kept.once("a", "p", 4, deliver);
  expect(asked).toEqual([4, 4, 4, 4]);

  const brief = createKeptReceipts({ ...limits, idempotencyTtlMillis: 0 });
  await brief.once("a", "p", 1, deliver);
  await brief.once("a", "other", 1, deliver);
  expect(asked).toHaveLength(6);
});
