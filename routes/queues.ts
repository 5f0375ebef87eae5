import { getEarliestMsgStoreTime } from "../src/commands/get-earliest-msg-store-time.ts";
import { getMaxOffset } from "../src/commands/get-max-offset.ts";
import { getMinOffset } from "../src/commands/get-min-offset.ts";
import { searchOffsetByTimestamp } from "../src/commands/search-offset-by-timestamp.ts";
import { isMaster } from "../src/discovery/broker-target.ts";
import { brokerIdQuery } from "../src/http/broker-target.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { ListOf } from "../src/http/list.ts";
import { momentOf } from "../src/http/moment.ts";
import { BrokerResultsOf } from "../src/http/results.ts";
import { answer, get } from "../src/http/route.ts";
import {
  earliestStoreTime,
  offsetAt,
  queueCount,
  queueMembers,
  queueNamed,
  queueRow,
  queueRows,
  TopicQueue,
} from "../src/http/topic-queues.ts";
import { Int64, MomentOrEnd, Type } from "../src/schema/types.ts";

const path = "/topics/{topic}/queues/{broker}/{queue}";
const ends = [getMinOffset, getMaxOffset, getEarliestMsgStoreTime];

const TopicQueues = ListOf(TopicQueue);
const Offset = Type.Object({ ...queueMembers, offset: Int64("the offset") });
const StoreTime = Type.Object({ ...queueMembers, earliestStoreTime: TopicQueue.properties.earliestStoreTime });

export const queues = [
  get("/topics/{topic}/queues", {
    summary: "The queues of a topic on its masters, with their ends",
    calls: ends,
    answers: {
      200: answer("the queues", TopicQueues),
      207: answer("those of the brokers that told", BrokerResultsOf(TopicQueues.properties)),
    },
    async handle({ params: { topic } }, { brokers }) {
      const route = await brokers.routeOf(topic);
      const outcomes = await brokers.each(route.brokers.filter(isMaster), (one, left) =>
        queueRows(topic, one, queueCount(route, one.brokerName), brokers, left),
      );
      return gatheredAnswer(outcomes, (parts) => ({ data: parts.flatMap(({ value }) => value), next: null }));
    },
  }),

  get(path, {
    summary: "A queue with its ends",
    calls: ends,
    query: brokerIdQuery,
    answers: { 200: answer("the queue", TopicQueue) },
    async handle({ params, query: { brokerId } }, { brokers }) {
      return { status: 200, body: await queueRow(await queueNamed(params, brokerId, brokers), brokers) };
    },
  }),

  get(`${path}/offset`, {
    summary: "The offset of a queue at a time, or at one of its ends",
    calls: [searchOffsetByTimestamp, getMaxOffset, getMinOffset],
    query: {
      at: Type.Optional(
        MomentOrEnd(
          "a time: the offset of the first message that was stored then or later, or where there is none of the next " +
            "one, with 3.x and 4.x of the last one; or `min`, the oldest message; or `max` (the default), the next one",
        ),
      ),
      ...brokerIdQuery,
    },
    answers: { 200: answer("the offset", Offset) },
    async handle({ params, query: { at = "max", brokerId } }, { brokers }) {
      const queue = await queueNamed(params, brokerId, brokers);
      const offset = await offsetAt(queue, at === "min" || at === "max" ? at : momentOf(at, "at"), brokers);
      return { status: 200, body: { brokerName: queue.broker.brokerName, queueId: queue.queueId, offset } };
    },
  }),

  get(`${path}/earliest-store-time`, {
    summary: "When the oldest message of a queue was stored",
    calls: [getEarliestMsgStoreTime],
    query: brokerIdQuery,
    answers: { 200: answer("the time", StoreTime) },
    async handle({ params, query: { brokerId } }, { brokers }) {
      const queue = await queueNamed(params, brokerId, brokers);
      const time = await earliestStoreTime(queue, brokers);
      const { brokerName } = queue.broker;
      return { status: 200, body: { brokerName, queueId: queue.queueId, earliestStoreTime: time } };
    },
  }),
];
