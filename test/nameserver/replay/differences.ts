import type { Generation } from "../../../src/wire/versions.ts";
import type { RealAnswer } from "./facts.ts";

/** Where the embedded server answers otherwise on purpose. */
export interface Difference {
  /** Position of the fact among those of its generation, and its note to be sure that it is that one. */
  readonly at: number;
  readonly note: string;
  readonly reason: string;
  /** What it answers instead. */
  readonly ours?: Partial<RealAnswer>;
  /** What in the body it writes otherwise: texts of the real one with what stands in their place. */
  readonly body?: Readonly<Record<string, string>>;
}

/** The real answer with the difference made. */
export function differently(real: Partial<RealAnswer>, { ours, body = {} }: Difference): Partial<RealAnswer> {
  let { bodyText = "" } = real;
  for (const [theirs, instead] of Object.entries(body)) {
    if (!bodyText.includes(theirs)) throw new Error(`Cannot find ${theirs} in ${bodyText}`);
    bodyText = bodyText.replace(theirs, instead);
  }
  return { ...real, ...(bodyText && { bodyText }), ...ours };
}

const settings =
  "deleteTopicWithBrokerRegistration=false\nenableAllTopicList=true\nenableTopicList=true\n" +
  "orderMessageEnable=false\nreturnOrderTopicConfigToBroker=true\nsupportActingMaster=false\n";

const reasons = {
  ghost: "a broker that is gone is gone from every cluster",
  nameless: "without a cluster nothing could be found again, so it is refused",
  settings: "it shows the properties that mean something to it",
  byValue: "217 and 218 of 3.x are served, 217 of 5.x too",
  as550: "as 5.5.0 does it",
} as const;

const refused = { code: 1, remark: "Cannot serve REGISTER_BROKER", extFields: null, bodyText: undefined };
const ghostOfCatS = { ',"CatClusterS2":["cat-s"]': "" };

export const differences: Readonly<Record<Generation, readonly Difference[]>> = {
  "5.5.0": [
    {
      at: 12,
      note: "DELETE_KV_CONFIG_BY_VALUE",
      reason: reasons.byValue,
      ours: { code: 0, remark: null },
    },
    {
      at: 20,
      note: "cluster info after one-topic registration",
      reason: "a first registration with one topic is taken; 5.5.0 refuses it and leaves a broker without addresses",
      body: { '"cat-broker":{"brokerAddrs":{}': '"cat-broker":{"brokerAddrs":{0:"127.0.0.1:1111"}' },
    },
    { at: 39, note: "clusterName absent", reason: reasons.nameless, ours: refused },
    { at: 58, note: "GET_NAMESRV_CONFIG", reason: reasons.settings, ours: { bodyText: settings } },
    {
      at: 84,
      note: "1 s after closing conn2 (only one of the two brokers of that channel is removed)",
      reason: "every broker of a closed connection is removed",
      body: {
        '"cat-b2":{"brokerAddrs":{0:"127.0.0.1:5555"},"brokerName":"cat-b2","cluster":"CatCluster","enableActingMaster":false},':
          "",
        '"CatCluster":["cat-b2"],': "",
      },
    },
    { at: 104, note: "after unregister from first cluster", reason: reasons.ghost, body: ghostOfCatS },
    { at: 108, note: "is it listed", reason: reasons.ghost, body: ghostOfCatS },
    { at: 114, note: "", reason: reasons.ghost, body: ghostOfCatS },
  ],
  "4.9.7": [
    { at: 5, note: "sane parameters", reason: reasons.byValue, ours: { code: 0, remark: null } },
    { at: 6, note: "sane parameters", reason: reasons.byValue, ours: { code: 0, remark: null } },
    { at: 11, note: "register without clusterName", reason: reasons.nameless, ours: refused },
    { at: 13, note: "sane parameters", reason: reasons.nameless, body: { '"RegT2",': "" } },
    { at: 14, note: "sane parameters", reason: reasons.nameless, body: { "null,": "", '"seed-broker2",': "" } },
    { at: 15, note: "sane parameters", reason: reasons.nameless, body: { '"RegT2",': "" } },
    { at: 22, note: "GET_NAMESRV_CONFIG", reason: reasons.settings, ours: { bodyText: settings } },
  ],
  "3.2.6": [
    {
      at: 7,
      note: "get KV, extFields absent",
      reason: reasons.as550,
      ours: { code: 22, remark: "No config item, Namespace: null Key: null", extFields: {} },
    },
    {
      at: 25,
      note: "same dataVersion: new topic added?",
      reason: reasons.as550,
      ours: {
        code: 0,
        remark: null,
        bodyText:
          '{"brokerDatas":[{"brokerAddrs":{0:"127.0.0.1:1111"},"brokerName":"cat-broker"}],"filterServerTable":{},' +
          '"queueDatas":[{"brokerName":"cat-broker","perm":6,"readQueueNums":4,"topicSynFlag":0,"writeQueueNums":4}]}',
      },
    },
    {
      at: 27,
      note: "wrong bodyCrc32",
      reason: reasons.as550,
      ours: { code: 1, remark: "crc32 not match", bodyText: undefined },
    },
    { at: 32, note: "clusterName absent", reason: reasons.nameless, ours: refused },
    { at: 44, note: "cluster absent", reason: reasons.nameless, ours: { bodyText: '{"topicList":[]}' } },
    {
      at: 68,
      note: "after unregister with wrong address",
      reason: "as 5.5.0 does it: a broker is removed by its address, not by its id alone",
      body: {
        '"cat-broker-nocl":{':
          '"cat-broker":{"brokerAddrs":{0:"127.0.0.1:1111"},"brokerName":"cat-broker"},"cat-broker-nocl":{',
        '"C326":': '"CatCluster":["cat-broker"],"C326":',
      },
    },
    {
      at: 73,
      note: "unregister, all fields absent",
      reason: reasons.as550,
      ours: { code: 0, remark: null },
    },
    {
      at: 78,
      note: "",
      reason: "every broker of a closed connection is removed",
      ours: {
        code: 17,
        remark:
          "No topic route info in name server for the topic: CatTopicC1\n" +
          "See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.",
        bodyText: undefined,
      },
    },
    {
      at: 90,
      note: "same address, other brokerId (2)",
      reason: "as 5.5.0 does it: the address has the new id only, so there is no master",
      ours: { extFields: {} },
    },
    {
      at: 91,
      note: "old id of the same address removed?",
      reason: reasons.as550,
      body: { '{0:"127.0.0.1:7111",2:"127.0.0.1:7111"}': '{2:"127.0.0.1:7111"}' },
    },
    { at: 100, note: "after unregister from first cluster", reason: reasons.ghost, body: ghostOfCatS },
    { at: 103, note: "", reason: reasons.ghost, body: ghostOfCatS },
    { at: 105, note: "is it listed", reason: reasons.ghost, body: ghostOfCatS },
  ],
};
