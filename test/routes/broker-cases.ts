import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript, topicConfig } from "./broker-script.ts";
import { groupCases } from "./group-cases.ts";
import { leaseCases } from "./lease-cases.ts";
import { messageCases } from "./message-cases.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { offsetCases } from "./offset-cases.ts";
import { sendCases } from "./send-cases.ts";
import { registerBrokers } from "./support.ts";
import { topicQueueCases } from "./topic-queue-cases.ts";

const one = [{ handlers: brokerScript }];
/** A second broker that refuses what the first one does. */
function oneRefuses(code: number) {
  return [...one, { handlers: { ...brokerScript, [code]: refusing(1, "disk full") } }];
}

const taken = { brokerName: "b1", brokerId: 0, ok: true, code: 0, codeName: "SUCCESS", remark: null };
const refused = { brokerName: "b2", brokerId: 0, ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "disk full" };
const told = { nameServer: "ns0:9876", ok: true, code: 0, codeName: "SUCCESS", remark: null };

/** Asks once the brokers of the rig are registered, each with topic t. */
function registered(operation: string, body?: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    return ask(operation, { body });
  };
}

/** Every answer of the routes that lead to brokers. */
export const brokerCases: readonly AnswerCase[] = [
  ...topicQueueCases,
  ...groupCases,
  ...offsetCases,
  ...messageCases,
  ...leaseCases,
  ...sendCases,
  {
    answer: "GET /brokers/{broker}/runtime 200",
    brokers: one,
    act: registered("GET /brokers/b1/runtime"),
    says: { brokerVersionDesc: "V5_5_0" },
  },
  {
    answer: "GET /brokers/{broker}/stats/{statsName}/{statsKey} 200",
    brokers: one,
    act: registered("GET /brokers/b1/stats/TOPIC_PUT_NUMS/t"),
    says: { statsMinute: { sum: 0 } },
  },
  { answer: "GET /topics/{topic} 200", brokers: one, act: registered("GET /topics/t"), says: topicConfig },
  {
    answer: "PUT /topics/{topic} 200",
    brokers: one,
    act: registered("PUT /topics/t?cluster=c1", { perm: 4 }),
    says: { topicName: "t", readQueueNums: 8, perm: 4, order: false, results: [taken] },
  },
  {
    answer: "PUT /topics/{topic} 207",
    brokers: oneRefuses(17),
    act: registered("PUT /topics/t?cluster=c1", {}),
    says: { topicName: "t", results: [taken, refused] },
  },
  {
    answer: "DELETE /topics/{topic} 200",
    brokers: one,
    act: registered("DELETE /topics/t?cluster=c1"),
    says: { topic: "t", routeDeleted: true, results: [taken, told] },
  },
  {
    answer: "DELETE /topics/{topic} 207",
    brokers: oneRefuses(215),
    act: registered("DELETE /topics/t?cluster=c1"),
    says: { topic: "t", routeDeleted: false, results: [taken, refused] },
  },
  {
    answer: "DELETE /brokers/{broker}/topics/{topic} 200",
    brokers: one,
    act: registered("DELETE /brokers/b1/topics/t"),
    says: { topic: "t", results: [taken] },
  },
];
