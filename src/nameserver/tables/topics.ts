import type { QueueData } from "../../body/topic-route.ts";
import type { JsonObject } from "../../json/value.ts";

/** What one broker serves of a topic. */
export interface TopicShare {
  readonly queueData: QueueData;
  /** TopicQueueMappingInfo of a static topic, since 5.0: passed on to clients as it came. */
  readonly mapping?: JsonObject | undefined;
}

type Shares = ReadonlyMap<string, TopicShare>;

/** Which brokers serve which topics. */
export interface TopicTable {
  /** The shares of a topic by broker name, at least one; undefined for an unknown topic. */
  get(topic: string): Shares | undefined;
  put(topic: string, share: TopicShare): void;
  readonly names: Iterable<string>;
  readonly size: number;
  delete(topic: string): void;
  /** Forgets the share of one broker, and the topic with its last share. */
  deleteShare(topic: string, brokerName: string): void;
  /** Forgets every share of one broker. */
  deleteBroker(brokerName: string): void;
  /** Changes the permission of every topic on a broker; returns how many it has. */
  changePermission(brokerName: string, change: (perm: number) => number): number;
}

export function topicTable(): TopicTable {
  const topics = new Map<string, Map<string, TopicShare>>();

  function put(topic: string, share: TopicShare): void {
    const shares = topics.get(topic) ?? new Map<string, TopicShare>();
    topics.set(topic, shares.set(share.queueData.brokerName, share));
  }

  function deleteShare(topic: string, brokerName: string): void {
    const shares = topics.get(topic);
    shares?.delete(brokerName);
    if (shares?.size === 0) topics.delete(topic);
  }

  return {
    get: (topic) => topics.get(topic),
    put,
    get names() {
      return topics.keys();
    },
    get size() {
      return topics.size;
    },
    delete: (topic) => topics.delete(topic),
    deleteShare,
    deleteBroker(brokerName) {
      for (const topic of [...topics.keys()]) deleteShare(topic, brokerName);
    },
    changePermission(brokerName, change) {
      let count = 0;
      for (const [topic, shares] of topics) {
        const share = shares.get(brokerName);
        if (share === undefined) continue;
        count++;
        put(topic, { ...share, queueData: { ...share.queueData, perm: change(share.queueData.perm) } });
      }
      return count;
    },
  };
}
