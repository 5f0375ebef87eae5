import type { Generation } from "../../../src/wire/versions.ts";
import type { Question } from "../support.ts";

/** MQVersion ordinal of the clients that asked the real servers. */
export const versionOf: Readonly<Record<Generation, number>> = { "3.2.6": 78, "4.9.7": 407, "5.5.0": 513 };

/** Something that happened between two facts without being recorded. */
export type Step = Request | Closing;

interface Request extends Question {
  readonly code: number;
  /** The connection. Default the first. */
  readonly over?: string;
}

/** The end of a connection. */
interface Closing {
  readonly close: string;
}

/** A topic's name, or the name and what is not 4 queues, permission 6 and flag 0. */
export type Topic = string | ({ readonly topicName: string } & Readonly<Record<string, unknown>>);

export interface Registered {
  readonly clusterName: string;
  readonly brokerName: string;
  readonly brokerAddr: string;
  readonly brokerId?: number;
  readonly counter: number;
  readonly stateVersion?: number;
  readonly topics?: readonly Topic[];
  readonly filterServers?: readonly string[];
}

/** A registration as brokers of a generation spell it. */
export function registration(generation: Generation, registered: Registered): Request {
  const { clusterName, brokerName, brokerAddr, brokerId = 0, counter, stateVersion = 0 } = registered;
  const time = generation === "3.2.6" ? "timestatmp" : "timestamp";
  return {
    code: 103,
    extFields: { clusterName, brokerName, brokerAddr, brokerId: `${brokerId}`, haServerAddr: `${brokerAddr}9` },
    body: JSON.stringify({
      filterServerList: registered.filterServers ?? [],
      topicConfigSerializeWrapper: {
        dataVersion: { counter, [time]: 1_700_000_000_000, stateVersion },
        topicConfigTable: Object.fromEntries((registered.topics ?? []).map(topicConfig)),
      },
    }),
  };
}

function topicConfig(topic: Topic): [string, unknown] {
  const given = typeof topic === "string" ? { topicName: topic } : topic;
  const defaults = { order: false, perm: 6, readQueueNums: 4, writeQueueNums: 4, topicSysFlag: 0 };
  return [given.topicName, { topicFilterType: "SINGLE_TAG", ...defaults, ...given }];
}

export function unregistration(brokerName: string, brokerAddr: string, clusterName: string, brokerId = 0): Request {
  return { code: 104, extFields: { brokerName, brokerAddr, clusterName, brokerId: `${brokerId}` } };
}
