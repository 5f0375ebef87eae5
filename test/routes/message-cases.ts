import { expect } from "bun:test";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import { listen } from "../support/events.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { offsetMsgIdAt } from "./group-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { registerBrokers } from "./support.ts";

const one: readonly ScriptOptions[] = [{ host: "10.1.0.1", handlers: brokerScript }];
/** A second broker that refuses what the first one answers. */
function oneRefuses(code: number): readonly ScriptOptions[] {
  return [...one, { handlers: { ...brokerScript, [code]: refusing(1, "disk full") } }];
}

const taken = { brokerName: "b1", brokerId: 0, ok: true, code: 0, codeName: "SUCCESS", remark: null };
const refused = { brokerName: "b2", brokerId: 0, ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "disk full" };
const told = { brokerName: "b1", topic: "t", tags: "a", keys: ["k"], body: "hello", queueOffset: 3 };

/** Asks once the brokers of the rig are registered, each with topic t. */
function registered(operation: string, body?: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    return ask(operation.replace("{offsetMsgId}", offsetMsgIdAt(rig.brokers[0]?.address)), { body });
  };
}

/** Every answer of the routes that read messages. */
export const messageCases: readonly AnswerCase[] = [
  {
    answer: "GET /topics/{topic}/queues/{broker}/{queue}/messages 200",
    brokers: one,
    act: registered("GET /topics/t/queues/b1/7/messages"),
    says: { data: [{ ...told, queueId: 7 }], nextOffset: 4, minOffset: 3, maxOffset: 4 },
  },
  {
    answer: "GET /topics/{topic}/messages 200",
    brokers: one,
    act: registered("GET /topics/t/messages?key=k"),
    says: { data: [told], next: null },
  },
  {
    answer: "GET /topics/{topic}/messages 207",
    brokers: oneRefuses(12),
    act: registered("GET /topics/t/messages?key=k"),
    says: { data: [told], next: null, results: [taken, refused] },
  },
  {
    answer: "GET /messages/{offsetMsgId} 200",
    brokers: one,
    act: registered("GET /messages/{offsetMsgId}"),
    says: { brokerName: "b1", topic: "CatTopicP1", tags: "TagA" },
  },
  {
    answer: "POST /groups/{group}/messages/{offsetMsgId}/retry 200",
    brokers: one,
    act: registered("POST /groups/g/messages/{offsetMsgId}/retry", { delayLevel: 3 }),
    says: { group: "g", topic: "CatTopicP1", delayLevel: 3, results: [taken] },
  },
  {
    answer: "GET /topics/{topic}/stream 200",
    brokers: one,
    async act(_, rig) {
      await registerBrokers(rig, "t");
      const response = await rig.stream("GET /topics/t/stream?from=earliest");
      const events = listen(response);
      const event = await events.next();
      await events.close();
      return { status: events.status, headers: response.headers, text: "", body: event };
    },
    says: { id: expect.stringMatching(/^0;b1:[34](,[34]){7}$/), data: told },
  },
];
