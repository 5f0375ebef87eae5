import { getEarliestMsgStoreTime } from "../commands/get-earliest-msg-store-time.ts";
import { getMaxOffset } from "../commands/get-max-offset.ts";
import { getMinOffset } from "../commands/get-min-offset.ts";
import { searchOffsetByTimestamp } from "../commands/search-offset-by-timestamp.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { Fault } from "../errors.ts";
import type { Int64 as Int64Value } from "../json/value.ts";
import { limits } from "../limits.ts";
import { Int32, Int64, type Static, Type } from "../schema/types.ts";

/** What names a queue in an answer. */
export const queueMembers = {
  brokerName: Type.String({ description: "broker name" }),
  queueId: Int32("queue of the broker"),
};

/** A queue with its ends. */
export const TopicQueue = Type.Object({
  ...queueMembers,
  minOffset: Int64("offset of the oldest message that is still there"),
  maxOffset: Int64("offset that the next message will have"),
  earliestStoreTime: Int64("when the oldest message was stored, epoch milliseconds; -1 when the broker can't tell"),
});
type TopicQueue = Static<typeof TopicQueue>;

/** A queue of a topic on one broker. */
export interface Queue {
  readonly broker: BrokerTarget;
  readonly topic: string;
  readonly queueId: number;
}

/** How many queues of a topic a broker has, 0 where it isn't in the route. */
export function queueCount({ data }: TopicRoute, brokerName: string): number {
  const queues = data.queueDatas.find((each) => each.brokerName === brokerName);
  return queues ? Math.max(queues.readQueueNums, queues.writeQueueNums) : 0;
}

const QUEUE_ID = /^(0|[1-9][0-9]{0,8})$/;

/** What a path says of a queue, and a query of its broker. */
interface QueueName {
  readonly topic: string;
  readonly broker: string;
  readonly queue: string;
}

/**
 * The queue that a path names. Throws `not-found` where the topic's route has no such broker or queue: brokers answer
 * for one that isn't there as for an empty one.
 */
export async function queueNamed(
  { topic, broker: brokerName, queue }: QueueName,
  brokerId: Int64Value = 0,
  brokers: Brokers,
): Promise<Queue> {
  const route = await brokers.routeOf(topic);
  const broker = route.brokers.find((one) => one.brokerName === brokerName && one.brokerId === brokerId);
  const count = queueCount(route, brokerName);
  if (broker && QUEUE_ID.test(queue) && Number(queue) < count) return { broker, topic, queueId: Number(queue) };
  const which = `queue ${queue} of topic ${topic} on broker ${brokerName}`;
  const reason = broker ? `it has ${count}, counted from 0` : "the topic's route has no such broker";
  throw new Fault("not-found", `Cannot find ${which}: ${reason}`, {
    hint: "GET /topics/{topic}/queues lists them.",
  });
}

/** The ends of a queue. Rejects as {@link Brokers.read}. */
export async function queueRow({ broker, ...values }: Queue, brokers: Brokers, left?: number): Promise<TopicQueue> {
  const [min, max, time] = await Promise.all([
    brokers.read(broker, getMinOffset, values, left),
    brokers.read(broker, getMaxOffset, values, left),
    earliestStoreTime({ broker, ...values }, brokers, left),
  ]);
  return {
    brokerName: broker.brokerName,
    queueId: values.queueId,
    minOffset: stated(min.header.offset),
    maxOffset: stated(max.header.offset),
    earliestStoreTime: time,
  };
}

/** When the oldest message of a queue was stored. Rejects as {@link Brokers.read}. */
export async function earliestStoreTime(
  { broker, ...values }: Queue,
  brokers: Brokers,
  left?: number,
): Promise<Int64Value> {
  return stated((await brokers.read(broker, getEarliestMsgStoreTime, values, left)).header.timestamp);
}

/** The same for every queue of a topic on one broker. */
export async function queueRows(
  topic: string,
  broker: BrokerTarget,
  count: number,
  brokers: Brokers,
  left: () => number,
): Promise<TopicQueue[]> {
  return eachQueue(count, (queueId) => queueRow({ broker, topic, queueId }, brokers, left()));
}

/** The offset of a queue at one of its ends, or of the first message stored at a time (epoch milliseconds) or later. */
export async function offsetAt(
  { broker, ...values }: Queue,
  at: "min" | "max" | Int64Value,
  brokers: Brokers,
  left?: number,
): Promise<Int64Value> {
  if (at === "min") return stated((await brokers.read(broker, getMinOffset, values, left)).header.offset);
  if (at === "max") return stated((await brokers.read(broker, getMaxOffset, values, left)).header.offset);
  const asked = { ...values, timestamp: at };
  return stated((await brokers.read(broker, searchOffsetByTimestamp, asked, left)).header.offset);
}

/** Does something with each of so many queues, not too many at once; what came of it in the order of their ids. */
export async function eachQueue<T>(count: number, step: (queueId: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < count) {
    const first = done.length;
    const ids = Array.from({ length: Math.min(limits.maxQueuesAtOnce, count - first) }, (_, index) => first + index);
    done.push(...(await Promise.all(ids.map(step))));
  }
  return done;
}

function stated(value: Int64Value | undefined): Int64Value {
  if (value !== undefined) return value;
  throw new Fault("undecodable", "Cannot read the queue: the broker answered without a number");
}
