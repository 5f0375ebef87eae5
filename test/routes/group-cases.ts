import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { client, groupScript, offsetMsgIdAt } from "./group-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { registerBrokers } from "./support.ts";

const handlers = { ...brokerScript, ...groupScript };
const host = "10.1.0.1";
const one: readonly ScriptOptions[] = [{ host, handlers }];
/** A second broker that refuses what the first one does. */
function oneRefuses(code: number): readonly ScriptOptions[] {
  return [...one, { handlers: { ...handlers, [code]: refusing(1, "disk full") } }];
}

const taken = { brokerName: "b1", brokerId: 0, ok: true, code: 0, codeName: "SUCCESS", remark: null };
const refused = { brokerName: "b2", brokerId: 0, ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "disk full" };
const inPart = [taken, refused];
const config = { groupName: "g", consumeEnable: true, retryMaxTimes: 16, attributes: { "priority.factor": "100" } };
const clientRow = {
  clientId: client,
  clientAddr: "10.0.0.9:4000",
  language: "JAVA",
  version: 513,
  connections: [{ brokerName: "b1", clientAddr: "10.0.0.9:4000" }],
};
const consumers = { data: [clientRow], consumeType: "CONSUME_PASSIVELY", subscriptionTable: { t: { subString: "*" } } };
const queue = { topic: "t", brokerName: "b1", queueId: 0 };
const locks = { clientId: client, queues: [queue] };

/** Asks once the brokers of the rig are registered, each with topic t. */
function registered(operation: string, body?: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    const offsetMsgId = offsetMsgIdAt(rig.brokers[0]?.address);
    const given = JSON.stringify(body)?.replace("OFFSET_MSG_ID", offsetMsgId);
    return ask(operation.replace("OFFSET_MSG_ID", offsetMsgId), given === undefined ? {} : { body: JSON.parse(given) });
  };
}

/** Every answer of the routes about consumer groups, producer groups and their clients. */
export const groupCases: readonly AnswerCase[] = [
  {
    answer: "GET /groups 200",
    brokers: one,
    act: registered("GET /groups"),
    says: { data: [{ ...config, forbidden: { t: 4 }, brokerNames: ["b1"] }], next: null },
  },
  {
    answer: "GET /groups 207",
    brokers: oneRefuses(201),
    act: registered("GET /groups"),
    says: { data: [{ ...config, brokerNames: ["b1"] }], results: inPart },
  },
  {
    answer: "GET /brokers/{broker}/groups 200",
    brokers: one,
    act: registered("GET /brokers/b1/groups"),
    says: { data: [config], next: null, dataVersion: { counter: 9007199254740993n } },
  },
  { answer: "GET /groups/{group} 200", brokers: one, act: registered("GET /groups/g"), says: config },
  {
    answer: "PUT /groups/{group} 200",
    brokers: one,
    act: registered("PUT /groups/g?cluster=c1", { retryMaxTimes: 3 }),
    says: { groupName: "g", consumeEnable: true, retryMaxTimes: 3, retryQueueNums: 1, results: [taken] },
  },
  {
    answer: "PUT /groups/{group} 207",
    brokers: oneRefuses(200),
    act: registered("PUT /groups/g?cluster=c1", {}),
    says: { groupName: "g", results: inPart },
  },
  {
    answer: "DELETE /groups/{group} 200",
    brokers: one,
    act: registered("DELETE /groups/gone?cluster=c1"),
    says: { groupName: "gone", results: [taken] },
  },
  {
    answer: "DELETE /groups/{group} 207",
    brokers: oneRefuses(207),
    act: registered("DELETE /groups/gone?cluster=c1"),
    says: { groupName: "gone", results: inPart },
  },
  {
    answer: "GET /groups/{group}/state 200",
    brokers: one,
    act: registered("GET /groups/g/state"),
    says: { groupName: "g", data: [{ brokerName: "b1", state: "running" }], next: null },
  },
  {
    answer: "GET /groups/{group}/state 207",
    brokers: oneRefuses(201),
    act: registered("GET /groups/g/state"),
    says: { data: [{ brokerName: "b1", state: "running" }], results: inPart },
  },
  {
    answer: "PUT /groups/{group}/state 200",
    brokers: one,
    act: registered("PUT /groups/g/state", { state: "suspended" }),
    says: {
      groupName: "g",
      state: "suspended",
      emulatedBy: ["GET_ALL_SUBSCRIPTIONGROUP_CONFIG", "UPDATE_AND_CREATE_SUBSCRIPTIONGROUP"],
      results: [taken],
    },
  },
  {
    answer: "PUT /groups/{group}/state 207",
    brokers: oneRefuses(200),
    act: registered("PUT /groups/g/state", { state: "running" }),
    says: { state: "running", results: inPart },
  },
  {
    answer: "GET /groups/{group}/clients 200",
    brokers: one,
    act: registered("GET /groups/g/clients"),
    says: { ...consumers, next: null },
  },
  {
    answer: "GET /groups/{group}/clients 207",
    brokers: oneRefuses(203),
    act: registered("GET /groups/g/clients"),
    says: { ...consumers, results: inPart },
  },
  {
    answer: "GET /groups/{group}/clients/{client} 200",
    brokers: one,
    act: registered(`GET /groups/g/clients/${client}?jstack=true`),
    says: { mqTable: [{ queueId: 0, commitOffset: 9007199254740993n }], jstack: "main" },
  },
  {
    answer: "POST /groups/{group}/clients/{client}/messages 200",
    brokers: one,
    act: registered(`POST /groups/g/clients/${client}/messages`, { offsetMsgId: "OFFSET_MSG_ID" }),
    says: { clientId: client, consumeResult: "CR_SUCCESS", spentTimeMills: 3, results: [taken] },
  },
  {
    answer: "POST /groups/{group}/locks 200",
    brokers: one,
    act: registered("POST /groups/g/locks", locks),
    says: { clientId: client, data: [queue], next: null, results: [taken] },
  },
  {
    answer: "POST /groups/{group}/locks 207",
    brokers: oneRefuses(41),
    act: registered("POST /groups/g/locks", { ...locks, queues: [queue, { ...queue, brokerName: "b2" }] }),
    says: { data: [queue], results: inPart },
  },
  {
    answer: "POST /groups/{group}/locks/release 200",
    brokers: one,
    act: registered("POST /groups/g/locks/release", locks),
    says: { clientId: client, results: [taken] },
  },
  {
    answer: "POST /groups/{group}/locks/release 207",
    brokers: oneRefuses(42),
    act: registered("POST /groups/g/locks/release", { ...locks, queues: [queue, { ...queue, brokerName: "b2" }] }),
    says: { clientId: client, results: inPart },
  },
  {
    answer: "GET /producer-groups/{producerGroup}/clients 200",
    brokers: one,
    act: registered("GET /producer-groups/p/clients?topic=t"),
    says: { data: [clientRow], next: null },
  },
  {
    answer: "GET /producer-groups/{producerGroup}/clients 207",
    brokers: oneRefuses(204),
    act: registered("GET /producer-groups/p/clients"),
    says: { data: [clientRow], results: inPart },
  },
  {
    answer: "GET /messages/{offsetMsgId}/consumers 200",
    brokers: one,
    act: registered("GET /messages/OFFSET_MSG_ID/consumers"),
    says: {
      data: [
        { consumerGroup: "g1", trackType: "CONSUMED" },
        { consumerGroup: "g2", trackType: "CONSUMED" },
      ],
      next: null,
      topic: "CatTopicP1",
    },
  },
];
