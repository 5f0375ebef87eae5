import type { TopicStats } from "../src/body/topic-stats.ts";
import { TopicOffset } from "../src/body/topic-stats.ts";
import { getTopicStatsInfo } from "../src/commands/get-topic-stats-info.ts";
import { queryTopicConsumeByWho } from "../src/commands/query-topic-consume-by-who.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { ListOf } from "../src/http/list.ts";
import { BrokerResultsOf } from "../src/http/results.ts";
import { answer, get } from "../src/http/route.ts";
import { queueMembers } from "../src/http/topic-queues.ts";
import { Type } from "../src/schema/types.ts";

const Row = Type.Object({ ...queueMembers, ...TopicOffset.properties });
const Stats = Type.Object({
  ...ListOf(Row).properties,
  topicPutTps: Type.Optional(
    Type.Number({ description: "messages that arrive in a second on all of the brokers that tell it, since 5.3.3" }),
  ),
});
const Groups = ListOf(Type.Object({ group: Type.String({ description: "consumer group" }) }));

/** The rows of one broker in the order of its queues; brokers list them in none. */
function rowsOf({ offsetTable }: TopicStats) {
  return offsetTable.map(({ topic: _, ...row }) => row).sort((one, other) => one.queueId - other.queueId);
}

/** What the brokers that tell it take in together. */
function putTps(parts: readonly TopicStats[]): { topicPutTps?: number } {
  const told = parts.flatMap(({ topicPutTps }) => topicPutTps ?? []);
  return told.length === 0 ? {} : { topicPutTps: told.reduce((sum, each) => sum + each, 0) };
}

export const topicStats = [
  get("/topics/{topic}/stats", {
    summary: "The ends of every queue of a topic on its masters, and when it last got a message",
    calls: [getTopicStatsInfo],
    answers: {
      200: answer("a row for each queue", Stats),
      207: answer("those of the brokers that told", BrokerResultsOf(Stats.properties)),
    },
    async handle({ params: { topic } }, { brokers }) {
      const outcomes = await brokers.readEach(await brokers.mastersOf(topic), getTopicStatsInfo, { topic });
      return gatheredAnswer(outcomes, (parts) => {
        const told = parts.flatMap(({ value: { body } }) => body ?? []);
        return { data: told.flatMap(rowsOf), next: null, ...putTps(told) };
      });
    },
  }),

  get("/topics/{topic}/groups", {
    summary: "The consumer groups that have offsets in a topic or consume it now",
    calls: [queryTopicConsumeByWho],
    answers: {
      200: answer("the groups that its masters know, each once", Groups),
      207: answer("those of the brokers that told", BrokerResultsOf(Groups.properties)),
    },
    async handle({ params: { topic } }, { brokers }) {
      const outcomes = await brokers.readEach(await brokers.mastersOf(topic), queryTopicConsumeByWho, { topic });
      return gatheredAnswer(outcomes, (parts) => {
        const groups = new Set(parts.flatMap(({ value: { body } }) => body?.groupList ?? []));
        return { data: [...groups].sort().map((group) => ({ group })), next: null };
      });
    },
  }),
];
