import type { Generation } from "../../../src/wire/versions.ts";
import { type Registered, registration, type Step, type Topic, unregistration } from "./steps.ts";

/** What must have happened right before a fact for its answer to be that one, though it was not recorded. */
export interface Bridge {
  /** Position of the fact among those of its generation, and its note to be sure that it is that one. */
  readonly before: number;
  readonly note: string;
  readonly steps: readonly Step[];
}

/** The broker that ran beside the real name server, over a connection of its own. */
function realBroker(generation: Generation, registered: Registered): Step {
  return { ...registration(generation, registered), over: "broker" };
}

const unitTopics: readonly Topic[] = [
  "CatTopicR1",
  { topicName: "CatTopicUnit", topicSysFlag: 1 },
  { topicName: "CatTopicUnitSub", topicSysFlag: 2 },
  { topicName: "CatTopicBoth", topicSysFlag: 3 },
];
const defaultTopic: Topic = { topicName: "TBW102", perm: 7, readQueueNums: 8, writeQueueNums: 8 };
const cat = { clusterName: "CatCluster", brokerName: "cat-broker", brokerAddr: "127.0.0.1:1111" };
const slave = { ...cat, brokerAddr: "127.0.0.1:2222", brokerId: 1 };
const catS = { clusterName: "CatClusterS", brokerName: "cat-s", brokerAddr: "127.0.0.1:7111" };
const expiring = {
  clusterName: "CatClusterE",
  brokerName: "cat-exp-default",
  brokerAddr: "127.0.0.1:6007",
  counter: 1,
};

const expiringSoon = { ...expiring, brokerName: "cat-exp-hb3s", brokerAddr: "127.0.0.1:6004" };

const brokerA = { clusterName: "DefaultCluster", brokerName: "broker-a", brokerAddr: "127.0.0.1:10911" };
const topicsOf550: readonly Topic[] = [
  "RMQ_SYS_TRANS_HALF_TOPIC",
  "PerfTopic",
  "BenchmarkTest",
  "OFFSET_MOVED_EVENT",
  defaultTopic,
  "RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC",
  "rmq_sys_REVIVE_LOG_DefaultCluster",
  "SELF_TEST_TOPIC",
  "DefaultCluster",
  "SCHEDULE_TOPIC_XXXX",
  "DefaultCluster_REPLY_TOPIC",
  "rmq_sys_wheel_timer",
  "rmq_sys_SYNC_BROKER_MEMBER_broker-a",
  "RMQ_SYS_TRANS_OP_HALF_TOPIC",
  "RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC",
  "broker-a",
];
const topicsOf497: readonly Topic[] = [
  "SeedT",
  "RMQ_SYS_TRANS_HALF_TOPIC",
  "PushT",
  "BenchmarkTest",
  "OFFSET_MOVED_EVENT",
  "%RETRY%SeedG",
  defaultTopic,
  "SELF_TEST_TOPIC",
  "DefaultCluster",
  "%RETRY%PushG",
  "SCHEDULE_TOPIC_XXXX",
  "DefaultCluster_REPLY_TOPIC",
  "broker-a",
];
const brokerOld = { clusterName: "C326", brokerName: "broker-old", brokerAddr: "127.0.0.1:20911" };
const topicsOf326: readonly Topic[] = [
  "BenchmarkTest",
  "OFFSET_MOVED_EVENT",
  "broker-old",
  "C326",
  defaultTopic,
  "SELF_TEST_TOPIC",
];

const orderKey = { namespace: "ORDER_TOPIC_CONFIG", key: "CatTopicOrder" };

export const bridges: Readonly<Record<Generation, readonly Bridge[]>> = {
  "5.5.0": [
    {
      before: 0,
      note: "put KV unicode",
      steps: [
        realBroker("5.5.0", { ...brokerA, counter: 1, topics: topicsOf550 }),
        { code: 100, extFields: { namespace: "CatNs", key: "k1", value: "v1" } },
      ],
    },
    {
      before: 20,
      note: "cluster info after one-topic registration",
      steps: [registration("5.5.0", { ...cat, counter: 1, topics: ["CatTopicR1"] })],
    },
    {
      before: 40,
      note: "route with master and slave",
      steps: [registration("5.5.0", { ...slave, counter: 5, topics: ["CatTopicR1", "CatTopicSlaveOnly"] })],
    },
    {
      before: 41,
      note: "route with filterServerTable",
      steps: [
        registration("5.5.0", {
          ...cat,
          counter: 8,
          topics: ["CatTopicR1", "CatTopicOrder"],
          filterServers: ["127.0.0.1:3333"],
        }),
      ],
    },
    {
      before: 49,
      note: "unit topics (flag bit 0)",
      steps: [registration("5.5.0", { ...cat, counter: 10, topics: unitTopics })],
    },
    {
      before: 50,
      note: "route after wipe: perm 4",
      steps: [{ code: 205, extFields: { brokerName: "cat-broker" } }],
    },
    {
      before: 60,
      note: "route of a topic registered by 217",
      steps: [
        {
          code: 217,
          extFields: { topic: "CatTopicReg" },
          body: '{"queueDatas":[{"brokerName":"cat-broker","readQueueNums":3,"writeQueueNums":3,"perm":6}]}',
        },
      ],
    },
    { before: 81, note: "conn2: register cat-b1", steps: [{ code: 102, extFields: orderKey }] },
    {
      before: 84,
      note: "1 s after closing conn2 (only one of the two brokers of that channel is removed)",
      steps: [{ close: "conn2" }],
    },
    {
      before: 87,
      note: "conn3: register cat-b3",
      steps: [unregistration("cat-b2", "127.0.0.1:5555", "CatCluster")],
    },
    {
      before: 89,
      note: "after closing conn3: broker stays, because conn1 re-registered it",
      steps: [{ close: "conn3" }],
    },
    { before: 90, note: "final state", steps: [unregistration("cat-b3", "127.0.0.1:1111", "CatCluster")] },
    {
      before: 92,
      note: "route on namesrv after delete in broker",
      steps: [realBroker("5.5.0", { ...brokerA, counter: 2, topics: ["CatTopicAuto", "CatTopicQ1"] })],
    },
    {
      before: 97,
      note: "perm 6 again after a registration with a new dataVersion",
      steps: [registration("5.5.0", { ...catS, counter: 2, topics: ["CatTopicS1", "CatTopicS2"] })],
    },
    {
      before: 98,
      note: "",
      steps: [registration("5.5.0", { ...catS, brokerId: 2, counter: 3, topics: ["CatTopicS1", "CatTopicS2"] })],
    },
    {
      before: 101,
      note: "address replaced?",
      steps: [
        registration("5.5.0", { ...catS, brokerAddr: "127.0.0.1:7222", counter: 6, topics: ["CatTopicS1"] }),
        registration("5.5.0", expiring),
        registration("5.5.0", expiringSoon),
      ],
    },
    {
      before: 102,
      note: "same broker in a second cluster",
      steps: [unregistration("cat-exp-hb3s", "127.0.0.1:6004", "CatClusterE")],
    },
    {
      before: 112,
      note: "what 5.5.0 stored: timestamp = time of decoding",
      // Spelled as a 3.x broker does, in a request of version 513.
      steps: [registration("3.2.6", { ...catS, counter: 5, topics: ["CatTopicS1", "CatTopicS2"] })],
    },
    {
      before: 114,
      note: "",
      steps: [
        registration("5.5.0", { ...catS, brokerAddr: "127.0.0.1:7222", counter: 9, stateVersion: 3, topics: [] }),
      ],
    },
  ],
  "4.9.7": [
    {
      before: 1,
      note: "sane parameters",
      steps: [realBroker("4.9.7", { ...brokerA, counter: 1, topics: topicsOf497 })],
    },
    {
      before: 23,
      note: "ADD_WRITE_PERM",
      // Topics that were made on the broker in the meantime.
      steps: [realBroker("4.9.7", { ...brokerA, counter: 2, topics: ["T1", "T2", "T3", "T4"] })],
    },
  ],
  "3.2.6": [
    { before: 0, note: "put KV", steps: [realBroker("3.2.6", { ...brokerOld, counter: 1, topics: topicsOf326 })] },
    {
      before: 16,
      note: "list after all keys deleted",
      steps: [{ code: 102, extFields: { namespace: "CatNs", key: "k-中文" } }],
    },
    {
      before: 18,
      note: "cluster info after one-topic registration",
      steps: [registration("3.2.6", { ...cat, counter: 1, topics: ["CatTopicR1"] })],
    },
    {
      before: 24,
      note: "same dataVersion: change ignored?",
      steps: [
        registration("3.2.6", {
          ...cat,
          counter: 3,
          topics: [{ topicName: "CatTopicR1", writeQueueNums: 2 }, "CatTopicNew"],
        }),
      ],
    },
    {
      before: 26,
      note: "register with null body",
      // To go on as 3.2.6, which did not add the topic.
      steps: [{ code: 216, extFields: { topic: "CatTopicNew" } }],
    },
    {
      before: 33,
      note: "slave (brokerId 1) registration: reply carries masterAddr, haServerAddr",
      // To go on as 3.2.6, which had registered this one in a cluster without a name.
      steps: [
        registration("3.2.6", {
          ...cat,
          clusterName: "null",
          brokerName: "cat-broker-nocl",
          counter: 5,
          topics: ["CatTopicR1", "CatTopicOrder"],
        }),
      ],
    },
    {
      before: 67,
      note: "after slave unregister",
      steps: [unregistration("cat-broker", "127.0.0.1:2222", "CatCluster", 1)],
    },
    {
      before: 68,
      note: "after unregister with wrong address",
      steps: [unregistration("cat-broker", "127.0.0.1:9999", "CatCluster")],
    },
    { before: 78, note: "", steps: [{ close: "conn2" }] },
    {
      before: 82,
      note: "same broker registered again over conn1 (channel of live info is replaced, even with the same dataVersion)",
      steps: [
        {
          ...registration("3.2.6", { ...cat, brokerName: "cat-b3", counter: 1, topics: ["CatTopicC3", "CatTopicC3b"] }),
          over: "conn3",
        },
      ],
    },
    {
      before: 83,
      note: "after closing conn3: broker stays, because conn1 re-registered it",
      steps: [{ close: "conn3" }],
    },
    { before: 84, note: "final state", steps: [unregistration("cat-b3", "127.0.0.1:1111", "CatCluster")] },
    { before: 87, note: "register", steps: [unregistration("cat-broker-nocl", "127.0.0.1:1111", "null")] },
    {
      before: 89,
      note: "perm stays 4 after same-dataVersion re-registration",
      steps: [{ code: 205, extFields: { brokerName: "cat-s" } }],
    },
    { before: 91, note: "old id of the same address removed?", steps: [registration("3.2.6", expiring)] },
    {
      before: 109,
      note: "route right after broker-side delete (215)",
      steps: [realBroker("3.2.6", { ...brokerOld, counter: 2, topics: ["CatTopicQ1"] })],
    },
    { before: 110, note: "route after 216", steps: [{ code: 216, extFields: { topic: "CatTopicQ1" } }] },
  ],
};
