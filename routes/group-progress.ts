import { getAllConsumerOffset } from "../src/commands/get-all-consumer-offset.ts";
import { getMinOffset } from "../src/commands/get-min-offset.ts";
import { invokeBrokerToGetConsumerStatus } from "../src/commands/invoke-broker-to-get-consumer-status.ts";
import { queryConsumeTimeSpan } from "../src/commands/query-consume-time-span.ts";
import { queryCorrectionOffset } from "../src/commands/query-correction-offset.ts";
import { brokerQuery, brokersMeant } from "../src/http/broker-target.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { GroupStatus, statusRows, TimeSpans, timeSpans } from "../src/http/group-progress.ts";
import { Corrections, corrections, correctionsAt } from "../src/http/offset-corrections.ts";
import { BrokerResultsOf } from "../src/http/results.ts";
import { answer, get } from "../src/http/route.ts";
import { Name, Type } from "../src/schema/types.ts";

const noSpans = { consumeTimeSpanSet: [] };

export const groupProgress = [
  get("/groups/{group}/status", {
    summary: "Where the clients of a consumer group are in a topic, asked through one of its brokers",
    calls: [invokeBrokerToGetConsumerStatus],
    query: {
      topic: Name("topic name"),
      clientAddr: Type.Optional(Name("only the client of this id")),
      ...brokerQuery,
    },
    answers: { 200: answer("the offsets by client", GroupStatus) },
    async handle({ params: { group }, query: { topic, clientAddr, ...query } }, { brokers, limits }) {
      // All clients are connected to each of them, and tell of the queues of all.
      const [broker] = await brokersMeant(query, brokers, { others: () => brokers.mastersOf(topic) });
      const values = { topic, group, ...(clientAddr !== undefined && { clientAddr }) };
      const asked =
        broker && (await brokers.read(broker, invokeBrokerToGetConsumerStatus, values, limits.relayTimeoutMillis));
      return { status: 200, body: statusRows(asked?.body ?? null) };
    },
  }),

  get("/groups/{group}/topics/{topic}/time-span", {
    summary: "When the messages of a topic were stored, and how far in that time a consumer group is",
    calls: [queryConsumeTimeSpan],
    query: brokerQuery,
    answers: {
      200: answer("the times by queue", TimeSpans),
      207: answer("those of some brokers", BrokerResultsOf(TimeSpans.properties)),
    },
    async handle({ params: { group, topic }, query }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.mastersOf(topic) });
      const outcomes = await brokers.each(targets, async (one, left) => {
        return (await brokers.read(one, queryConsumeTimeSpan, { topic, group }, left())).body ?? noSpans;
      });
      return gatheredAnswer(outcomes, timeSpans);
    },
  }),

  get("/groups/{group}/offsets/corrections", {
    summary: "The offsets of the slowest group in each queue of a topic, as corrections for this one",
    calls: [queryCorrectionOffset, getAllConsumerOffset, getMinOffset],
    query: {
      topic: Name("topic name"),
      compareGroup: Type.Optional(Name("the group to compare with; default that of the path")),
      filterGroups: Type.Optional(
        Name(
          "groups that don't count, joined by commas; no broker is told of them, since it would delete their offsets",
        ),
      ),
      ...brokerQuery,
    },
    answers: {
      200: answer("the offsets by queue", Corrections),
      207: answer("those of some brokers", BrokerResultsOf(Corrections.properties)),
    },
    async handle({ params: { group }, query }, { brokers }) {
      const { topic, compareGroup = group, filterGroups, ...which } = query;
      const correction = { topic, compareGroup, without: filterGroups?.split(",") ?? [] };
      const targets = await brokersMeant(which, brokers, { others: () => brokers.mastersOf(topic) });
      const outcomes = await brokers.each(targets, (one, left) => correctionsAt(one, correction, brokers, left));
      return gatheredAnswer(outcomes, (parts) => corrections(parts, correction));
    },
  }),
];
