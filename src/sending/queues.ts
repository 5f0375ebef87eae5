import { type BrokerTarget, isMaster } from "../discovery/broker-target.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { Fault } from "../errors.ts";
import type { Aim } from "./outgoing.ts";

/** A queue that messages may be sent to. */
export interface WritableQueue {
  readonly broker: BrokerTarget;
  readonly queueId: number;
}

const WRITE = 0x2;

const known = new WeakMap<TopicRoute, readonly WritableQueue[]>();

/** The queues of a topic that can be written to, by broker and number, as Java's producers list them. */
export function writableQueues(route: TopicRoute): readonly WritableQueue[] {
  const queues = known.get(route) ?? listed(route);
  known.set(route, queues);
  return queues;
}

/** What an ordered topic has by its configuration, where name servers tell it, comes before what brokers say. */
function listed({ data, brokers }: TopicRoute): WritableQueue[] {
  const { orderTopicConf, queueDatas } = data;
  const counts = orderTopicConf
    ? orderTopicConf.split(";").map((item) => item.split(":"))
    : queueDatas
        .filter(({ perm }) => (perm & WRITE) !== 0)
        .toSorted((one, other) => (one.brokerName < other.brokerName ? -1 : 1))
        .map(({ brokerName, writeQueueNums }) => [brokerName, writeQueueNums]);
  return counts.flatMap(([brokerName, count]) => {
    const broker = brokers.find((one) => one.brokerName === brokerName && isMaster(one));
    return broker ? Array.from({ length: Number(count) || 0 }, (_, queueId) => ({ broker, queueId })) : [];
  });
}

/**
 * The queues that a message may go to. Throws `forbidden` where none of the topic can be written to, and `invalid-body`,
 * its pointers below `at`, where it has none of the kind that the message wants.
 */
export function queuesFor(topic: string, route: TopicRoute, aim: Aim, at: string): readonly WritableQueue[] {
  const queues = writableQueues(route);
  if (queues.length === 0) {
    throw new Fault("forbidden", `Cannot send to topic ${topic}: no master has a queue of it that can be written to`, {
      hint: "Its perm may be 4, or its brokers' write permission taken away: PUT /brokers/{broker}/write-permission.",
    });
  }
  const { brokerName, queueId, messageGroup } = aim;
  if (messageGroup !== undefined) return [queueOfGroup(queues, messageGroup)];
  if (brokerName === undefined) return queues;
  const own = queues.filter(({ broker }) => broker.brokerName === brokerName);
  const wrong = (member: string, detail: string) =>
    new Fault("invalid-body", `Cannot send to topic ${topic}: /${member} ${detail}`, {
      violations: [{ pointer: `${at}/${member}`, detail }],
    });
  if (own.length === 0) throw wrong("brokerName", "has no queue of the topic that can be written to");
  if (queueId === undefined) return own;
  const found = own.filter((queue) => queue.queueId === queueId);
  if (found.length === 0) throw wrong("queueId", `must be less than ${own.length}: the broker has so many`);
  return found;
}

/** The queue for all messages of a group (SelectMessageQueueByHash). */
function queueOfGroup(queues: readonly WritableQueue[], group: string): WritableQueue {
  return queues[Math.abs(javaHash(group) % queues.length)] as WritableQueue;
}

/** String.hashCode. */
export function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
