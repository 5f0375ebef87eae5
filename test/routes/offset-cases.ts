import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { offsetScript } from "./offset-script.ts";
import { registerBrokers } from "./support.ts";

/** Other routes have group g elsewhere. */
const script = { ...brokerScript, ...offsetScript };
const one: readonly ScriptOptions[] = [{ handlers: script }];
/** A second broker that refuses what the first one answers. */
function oneRefuses(code: number): readonly ScriptOptions[] {
  return [...one, { handlers: { ...script, [code]: refusing(1, "disk full") } }];
}

const taken = { brokerName: "b1", brokerId: 0, ok: true, code: 0, codeName: "SUCCESS", remark: null };
const refused = { brokerName: "b2", brokerId: 0, ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "disk full" };
const results = [taken, refused];
const big = 9007199254740993n;
const dataVersion = { counter: 0, stateVersion: 0, timestamp: 1_700_000_000_000 };

/** Asks once the brokers of the rig are registered, each with topic t. */
function registered(operation: string, body?: JsonValue) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    const headers = { "content-type": "application/json" };
    return ask(operation, body === undefined ? {} : { body: stringifyJson(body), headers });
  };
}

const offsets = {
  data: [
    { topic: "t", brokerName: "b1", queueId: 0, brokerOffset: 4, consumerOffset: 3, lag: 1 },
    {
      topic: "t",
      brokerName: "b1",
      queueId: 1,
      brokerOffset: big,
      consumerOffset: 1,
      pullOffset: 4,
      lastTimestamp: 0,
      lag: big - 1n,
    },
  ],
  next: null,
  consumeTps: 0.5,
  totalLag: big,
};
const spans = [{ topic: "t", brokerName: "b1", queueId: 1, minTimeStamp: -1, delayTime: 7 }];
const slowest = [
  { brokerName: "b1", queueId: 0, offset: 4 },
  { brokerName: "b1", queueId: 1, offset: 2n ** 63n - 1n },
];
const reset = {
  group: "g",
  topic: "t",
  timestamp: 1_700_000_000_000,
  data: [
    { brokerName: "b1", queueId: 0, offset: 0 },
    { brokerName: "b1", queueId: 1, offset: big },
  ],
  next: null,
};
const cloned = {
  srcGroup: "h",
  destGroup: "g",
  data: [
    { topic: "t", brokerName: "b1", queueId: 0, offset: 4 },
    { topic: "t", brokerName: "b1", queueId: 1, offset: 8 },
  ],
};
const toTime = { topic: "t", timestamp: "2023-11-14T22:13:20Z" };

/** Every answer of the routes about offsets of groups. */
export const offsetCases: readonly AnswerCase[] = [
  { answer: "GET /groups/{group}/offsets 200", brokers: one, act: registered("GET /groups/g/offsets"), says: offsets },
  {
    answer: "GET /groups/{group}/offsets 207",
    brokers: oneRefuses(208),
    act: registered("GET /groups/g/offsets?topic=t"),
    says: { ...offsets, results },
  },
  {
    answer: "GET /groups/{group}/offsets/{topic}/{broker}/{queue} 200",
    brokers: one,
    act: registered("GET /groups/g/offsets/t/b1/7"),
    says: { group: "g", topic: "t", brokerName: "b1", queueId: 7, offset: big },
  },
  {
    answer: "PUT /groups/{group}/offsets/{topic}/{broker}/{queue} 200",
    brokers: one,
    act: registered("PUT /groups/g/offsets/t/b1/7", { offset: big }),
    says: { group: "g", topic: "t", brokerName: "b1", queueId: 7, offset: big, results: [taken] },
  },
  {
    answer: "GET /brokers/{broker}/consumer-offsets 200",
    brokers: one,
    act: registered("GET /brokers/b1/consumer-offsets"),
    says: {
      data: [
        { topic: "%RETRY%g", group: "g", queueId: 0, offset: 2 },
        { topic: "t", group: "g", queueId: 0, offset: big },
        { topic: "t", group: "g", queueId: 1, offset: 5, pullOffset: 6 },
        { topic: "t", group: "h", queueId: 0, offset: 4 },
        { topic: "t", group: "h", queueId: 1, offset: 8 },
        { topic: "t", group: "p", queueId: 0, pullOffset: 7 },
        { topic: "u", group: "g", queueId: 3, offset: 1 },
      ],
      next: null,
      groupTopicMap: { g: ["t"] },
      dataVersion,
    },
  },
  {
    answer: "GET /brokers/{broker}/delay-offsets 200",
    brokers: one,
    act: registered("GET /brokers/b1/delay-offsets"),
    says: {
      data: [
        { delayLevel: 1, offset: 1 },
        { delayLevel: 3, offset: big },
      ],
      next: null,
      dataVersion,
    },
  },
  {
    answer: "POST /groups/{group}/offsets/reset 200",
    brokers: one,
    act: registered("POST /groups/g/offsets/reset", toTime),
    says: { ...reset, results: [taken] },
  },
  {
    answer: "POST /groups/{group}/offsets/reset 207",
    brokers: oneRefuses(222),
    act: registered("POST /groups/g/offsets/reset?via=client", toTime),
    says: { ...reset, emulatedBy: ["INVOKE_BROKER_TO_RESET_OFFSET"], results },
  },
  {
    answer: "POST /groups/{group}/offsets/clone 200",
    brokers: one,
    act: registered("POST /groups/g/offsets/clone", { srcGroup: "h" }),
    says: { ...cloned, results: [taken] },
  },
  {
    answer: "POST /groups/{group}/offsets/clone 207",
    brokers: oneRefuses(314),
    act: registered("POST /groups/g/offsets/clone", { srcGroup: "h", topic: "t" }),
    says: { ...cloned, results },
  },
  {
    answer: "GET /groups/{group}/status 200",
    brokers: one,
    act: registered("GET /groups/g/status?topic=t"),
    says: {
      data: [
        { clientId: "c1", topic: "t", brokerName: "b1", queueId: 0, offset: 1 },
        { clientId: "c1", topic: "t", brokerName: "b1", queueId: 1, offset: 2 },
        { clientId: "c2", topic: "t", brokerName: "b1", queueId: 0, offset: big },
      ],
      next: null,
    },
  },
  {
    answer: "GET /groups/{group}/topics/{topic}/time-span 200",
    brokers: one,
    act: registered("GET /groups/g/topics/t/time-span"),
    says: { data: spans, next: null },
  },
  {
    answer: "GET /groups/{group}/topics/{topic}/time-span 207",
    brokers: oneRefuses(303),
    act: registered("GET /groups/g/topics/t/time-span"),
    says: { data: spans, results },
  },
  {
    answer: "GET /groups/{group}/offsets/corrections 200",
    brokers: one,
    act: registered("GET /groups/g/offsets/corrections?topic=t"),
    says: { data: slowest, next: null },
  },
  {
    answer: "GET /groups/{group}/offsets/corrections 207",
    brokers: oneRefuses(308),
    act: registered("GET /groups/g/offsets/corrections?topic=t"),
    says: { data: slowest, results },
  },
];
