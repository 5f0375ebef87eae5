import { expect } from "bun:test";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { handleOf, nothing, popTime } from "./lease-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { registerBrokers } from "./support.ts";

const one = [{ handlers: brokerScript }];
const oneFails = [
  { handlers: { ...brokerScript, 200050: nothing } },
  { handlers: { ...brokerScript, 200050: refusing(1, "disk full") } },
];
const messages = "/groups/g/topics/t/messages";
const taken = { ok: true, code: 0, codeName: "SUCCESS", remark: null };

/** Asks once the brokers of the rig are registered, each with topic t. */
function registered(operation: string, body?: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    return ask(operation, { body });
  };
}

/** Every answer of the routes by which messages are received. */
export const leaseCases: readonly AnswerCase[] = [
  {
    answer: "POST /groups/{group}/topics/{topic}/messages/receive 200",
    brokers: one,
    act: registered(`POST ${messages}/receive`, { maxMessages: 2 }),
    says: {
      data: [{ topic: "t", msgId: "U7", body: "hello", queueOffset: 7, deliveryAttempt: 1, receiptHandle: handleOf() }],
      next: null,
      deadLetters: [],
      results: [{ ...taken, brokerName: "b1" }],
    },
  },
  {
    answer: "POST /groups/{group}/topics/{topic}/messages/receive 207",
    brokers: oneFails,
    act: registered(`POST ${messages}/receive`, {}),
    says: {
      data: [],
      next: null,
      results: expect.arrayContaining([expect.objectContaining({ ok: false, remark: "disk full" })]),
    },
  },
  {
    answer: "POST /groups/{group}/topics/{topic}/messages/ack 200",
    brokers: one,
    act: registered(`POST ${messages}/ack`, { receiptHandle: handleOf() }),
    says: { results: [{ ...taken, receiptHandle: handleOf(), brokerName: "b1" }] },
  },
  {
    answer: "POST /groups/{group}/topics/{topic}/messages/ack 207",
    brokers: one,
    act: registered(`POST ${messages}/ack`, { receiptHandles: ["x", handleOf()] }),
    says: {
      results: [
        { receiptHandle: "x", brokerName: null, ok: false, code: null, problem: "invalid-body" },
        { ...taken, receiptHandle: handleOf(), brokerName: "b1" },
      ],
    },
  },
  {
    answer: "POST /groups/{group}/topics/{topic}/messages/renew 200",
    brokers: one,
    act: registered(`POST ${messages}/renew`, { receiptHandle: handleOf(), invisibleMillis: 60_000 }),
    says: {
      receiptHandle: handleOf({ invisibleTime: 60_000, reviveQid: 4 }),
      visibleAt: popTime + 60_000,
      results: [{ ...taken, brokerName: "b1" }],
    },
  },
];
