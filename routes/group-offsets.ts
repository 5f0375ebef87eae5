import { getConsumeStats } from "../src/commands/get-consume-stats.ts";
import { queryConsumerOffset } from "../src/commands/query-consumer-offset.ts";
import { updateConsumerOffset } from "../src/commands/update-consumer-offset.ts";
import { brokerIdQuery, brokerQuery, brokersMeant } from "../src/http/broker-target.ts";
import {
  commitOffset,
  committedOffset,
  etagOfOffset,
  OffsetInput,
  offsetMembers,
} from "../src/http/committed-offset.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { brokersOfGroup, consumeStatsAt, GroupOffsets, groupOffsets } from "../src/http/group-offsets.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, get, json, put } from "../src/http/route.ts";
import { queueNamed } from "../src/http/topic-queues.ts";
import { Name, Type } from "../src/schema/types.ts";

const path = "/groups/{group}/offsets/{topic}/{broker}/{queue}";

export const groupOffsetRoutes = [
  get("/groups/{group}/offsets", {
    summary: "How far a consumer group is in its queues, and how far behind",
    calls: [getConsumeStats],
    query: { topic: Type.Optional(Name("this topic alone, and the brokers that have it")), ...brokerQuery },
    answers: {
      200: answer("the offsets of the group's topics, its retry topic among them", GroupOffsets),
      207: answer("those of some brokers", BrokerResultsOf(GroupOffsets.properties)),
    },
    async handle({ params: { group }, query: { topic, ...query } }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokersOfGroup(group, topic, brokers) });
      const outcomes = await brokers.each(targets, (one, left) => consumeStatsAt(one, { group, topic }, brokers, left));
      return gatheredAnswer(outcomes, groupOffsets);
    },
  }),

  get(path, {
    summary: "The offset that a consumer group has committed in a queue",
    calls: [queryConsumerOffset],
    query: brokerIdQuery,
    answers: { 200: answer("the offset, which is its own ETag", Type.Object(offsetMembers)) },
    async handle({ params: { group, ...names }, query: { brokerId } }, { brokers }) {
      const queue = await queueNamed(names, brokerId, brokers);
      const offset = await committedOffset(queue, group, brokers);
      const { topic, queueId } = queue;
      const body = { group, topic, brokerName: queue.broker.brokerName, queueId, offset };
      return { status: 200, body, etag: etagOfOffset(offset) };
    },
  }),

  put(path, {
    summary: "Commit an offset for a consumer group in a queue, forward or back",
    calls: [updateConsumerOffset],
    body: json(OffsetInput),
    answers: { 200: answer("it is committed", BrokerResultsOf(offsetMembers)) },
    problems: {
      404: "the topic's route has no such queue, or a broker of 5.x no such group",
      409: "the offset was reset before, and no consumer has gone on from there yet: 5.x leaves it as it is",
    },
    async handle({ params: { group, ...names }, body: { offset } }, { brokers }) {
      const queue = await queueNamed(names, undefined, brokers);
      const outcomes = await brokers.each([queue.broker], (_, left) =>
        commitOffset(queue, { group, offset }, brokers, left()),
      );
      const { topic, queueId } = queue;
      return fanOutAnswer(outcomes, { body: { group, topic, brokerName: queue.broker.brokerName, queueId, offset } });
    },
  }),
];
