import { expect } from "bun:test";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { placeAt } from "./send-script.ts";
import { registerBrokers } from "./support.ts";

const one = [{ handlers: brokerScript }];
const id = expect.stringMatching(/^[0-9A-F]{32}$/);
const queue = { topic: "t", brokerName: "b1", queueId: expect.any(Number) };
const receipt = { sendStatus: "SEND_OK", msgId: id, offsetMsgId: placeAt(4_711), queueOffset: 7, messageQueue: queue };
const batched = (offset: number | bigint, place: number) => {
  return { ...receipt, offsetMsgId: placeAt(place), queueOffset: offset };
};
const at = (brokerName: string) => ({ body: "x", brokerName });

function sent(operation: string, body: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    return ask(operation, { body });
  };
}

/** Begins a transaction and goes on with it. */
function begun(operation: "GET" | "PUT", body?: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    const { headers } = await sent("POST /topics/t/transactions", { body: "x", producerGroup: "shop" })(ask, rig);
    return ask(`${operation} ${headers.get("location")}`, { body });
  };
}

const transaction = { topic: "t", brokerName: "b1", producerGroup: "shop", msgId: id, transactionId: id };
const place = { commitLogOffset: 4_711, tranStateTableOffset: 7 };

/** Every answer of the routes that send messages. */
export const sendCases: readonly AnswerCase[] = [
  {
    answer: "POST /topics/{topic}/messages 200",
    brokers: one,
    act: sent("POST /topics/t/messages", [{ body: "x" }, { body: "y" }]),
    says: { data: [batched(9007199254740990, 0), batched(9007199254740991, 1)] },
  },
  {
    answer: "POST /topics/{topic}/messages 207",
    brokers: [...one, { handlers: { ...brokerScript, 310: refusing(1, "disk full") } }],
    act: sent("POST /topics/t/messages", [at("b1"), at("b2")]),
    says: { data: [receipt, { msgId: id, problem: { status: 502, code: 1, detail: "disk full", msgId: id } }] },
  },
  {
    answer: "POST /topics/{topic}/transactions 200",
    brokers: one,
    act: sent("POST /topics/t/transactions?dryRun=true", { body: "x" }),
    says: { dryRun: true, requests: [{ command: { code: 310, extFields: { f: "4" } } }] },
  },
  {
    answer: "POST /topics/{topic}/transactions 201",
    brokers: one,
    act: sent("POST /topics/t/transactions", { body: "x" }),
    says: { ...receipt, id: expect.any(String), producerGroup: "rocketmq-gateway" },
  },
  {
    answer: "GET /transactions/{transaction} 200",
    brokers: one,
    act: begun("GET"),
    says: { id: expect.any(String), ...transaction, ...place },
  },
  {
    answer: "PUT /transactions/{transaction} 200",
    brokers: one,
    act: begun("PUT", { state: "commit" }),
    says: { ...transaction, ...place, state: "commit", results: [{ brokerName: "b1", ok: true, code: 0 }] },
  },
];
