import { V3_2_6 } from "../../src/wire/versions.ts";
import type { Ask, Reply } from "../gateway/support/conformance.ts";
import type { Rig } from "../gateway/support/rig.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { refusing } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import type { AnswerCase } from "./name-server-cases.ts";
import { register, registerBrokers } from "./support.ts";

const one: readonly ScriptOptions[] = [{ handlers: brokerScript }];
const old: readonly ScriptOptions[] = [{ handlers: brokerScript, version: V3_2_6 }];
/** A second broker that refuses what the first one answers. */
function oneRefuses(code: number): readonly ScriptOptions[] {
  return [...one, { handlers: { ...brokerScript, [code]: refusing(1, "disk full") } }];
}

const taken = { brokerName: "b1", brokerId: 0, ok: true, code: 0, codeName: "SUCCESS", remark: null };
const refused = { brokerName: "b2", brokerId: 0, ok: false, code: 1, codeName: "SYSTEM_ERROR", remark: "disk full" };
const ends = { minOffset: 3, maxOffset: 9007199254740993n, earliestStoreTime: 1_700_000_000_000 };
const queue = "/topics/t/queues/b1/7";
const stats = [
  { brokerName: "b1", queueId: 0, minOffset: 1, maxOffset: 4, lastUpdateTimestamp: 1_700_000_000_000 },
  { brokerName: "b1", queueId: 1, minOffset: 0, maxOffset: 0, lastUpdateTimestamp: 0 },
];

/** Asks once the brokers of the rig are registered, each with topic t. */
function registered(operation: string, body?: unknown) {
  return async (ask: Ask, rig: Rig): Promise<Reply> => {
    await registerBrokers(rig, "t");
    return ask(operation, { body });
  };
}

/** Gives the broker of the rig, which tells of itself as its filter server, a class. */
export async function giveClass(ask: Ask, { brokers }: Rig, query = "", className = "a.B"): Promise<Reply> {
  const address = brokers[0]?.name ?? "";
  await register(ask, { brokerName: "b1", brokerAddr: address, filterServerList: [address] }, "t");
  const path = `/filter-servers/${encodeURIComponent(address)}/classes/${encodeURIComponent(className)}`;
  return ask(`PUT ${path}${query}`, { body: { consumerGroup: "g", topic: "t", source: "class B {}" } });
}

/** Every answer of the routes about a broker's topics, queues, properties and filter servers. */
export const topicQueueCases: readonly AnswerCase[] = [
  {
    answer: "GET /brokers/{broker}/topics 200",
    brokers: one,
    act: registered("GET /brokers/b1/topics"),
    says: {
      data: [{ topicName: "t", order: true }, { topicName: "t2" }],
      next: null,
      dataVersion: { counter: 9007199254740993n, stateVersion: 0, timestamp: 1_700_000_000_000 },
    },
  },
  {
    answer: "GET /brokers/{broker}/config 200",
    brokers: one,
    act: registered("GET /brokers/b1/config"),
    says: { brokerName: "b1", maxMessageSize: "4194304", rocketmqHome: "C:\\mq" },
  },
  {
    answer: "PATCH /brokers/{broker}/config 200",
    brokers: one,
    allowConfigChanges: true,
    act: registered("PATCH /brokers/b1/config", { maxMessageSize: 4_194_304, nope: true }),
    says: {
      config: { maxMessageSize: "4194304", nope: "true" },
      results: [{ ...taken, config: { maxMessageSize: "4194304" } }],
    },
  },
  {
    answer: "POST /brokers/{broker}/cleanups 200",
    brokers: one,
    act: registered("POST /brokers/b1/cleanups", { target: "commitlog" }),
    says: { target: "commitlog", emulatedBy: ["DELETE_EXPIRED_COMMITLOG"], results: [taken] },
  },
  {
    answer: "POST /brokers/{broker}/filter-servers 200",
    brokers: old,
    act: registered("POST /brokers/b1/filter-servers", { filterServerAddr: "10.0.0.7:10921" }),
    says: { filterServerAddr: "10.0.0.7:10921", results: [taken] },
  },
  {
    answer: "PUT /filter-servers/{filterServer}/classes/{className} 200",
    brokers: old,
    allowFilterClasses: true,
    act: giveClass,
    says: { className: "a.B", consumerGroup: "g", topic: "t", classCRC: 93_643_943 },
  },
  {
    answer: "GET /topics/{topic}/queues 200",
    brokers: one,
    act: registered("GET /topics/t/queues"),
    says: { data: Array.from({ length: 8 }, (_, queueId) => ({ brokerName: "b1", queueId, ...ends })), next: null },
  },
  {
    answer: "GET /topics/{topic}/queues 207",
    brokers: oneRefuses(31),
    act: registered("GET /topics/t/queues"),
    says: {
      data: Array.from({ length: 8 }, (_, queueId) => ({ brokerName: "b1", queueId })),
      results: [taken, refused],
    },
  },
  {
    answer: "GET /topics/{topic}/queues/{broker}/{queue} 200",
    brokers: one,
    act: registered(`GET ${queue}`),
    says: { brokerName: "b1", queueId: 7, ...ends },
  },
  {
    answer: "GET /topics/{topic}/queues/{broker}/{queue}/offset 200",
    brokers: one,
    act: registered(`GET ${queue}/offset?at=2023-11-14T22:13:20Z`),
    says: { brokerName: "b1", queueId: 7, offset: 5 },
  },
  {
    answer: "GET /topics/{topic}/queues/{broker}/{queue}/earliest-store-time 200",
    brokers: one,
    act: registered(`GET ${queue}/earliest-store-time`),
    says: { brokerName: "b1", queueId: 7, earliestStoreTime: 1_700_000_000_000 },
  },
  {
    answer: "GET /topics/{topic}/stats 200",
    brokers: one,
    act: registered("GET /topics/t/stats"),
    says: { data: stats, next: null, topicPutTps: 0.5 },
  },
  {
    answer: "GET /topics/{topic}/stats 207",
    brokers: oneRefuses(202),
    act: registered("GET /topics/t/stats"),
    says: { data: stats, results: [taken, refused] },
  },
  {
    answer: "GET /topics/{topic}/groups 200",
    brokers: one,
    act: registered("GET /topics/t/groups"),
    says: { data: [{ group: "g1" }, { group: "g2" }], next: null },
  },
  {
    answer: "GET /topics/{topic}/groups 207",
    brokers: oneRefuses(300),
    act: registered("GET /topics/t/groups"),
    says: { data: [{ group: "g1" }, { group: "g2" }], results: [taken, refused] },
  },
];
