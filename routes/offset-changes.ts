import { cloneGroupOffset } from "../src/commands/clone-group-offset.ts";
import { getAllConsumerOffset } from "../src/commands/get-all-consumer-offset.ts";
import { getMaxOffset } from "../src/commands/get-max-offset.ts";
import { getMinOffset } from "../src/commands/get-min-offset.ts";
import { invokeBrokerToResetOffset } from "../src/commands/invoke-broker-to-reset-offset.ts";
import { queryConsumerOffset } from "../src/commands/query-consumer-offset.ts";
import { resetConsumerOffsetInBroker } from "../src/commands/reset-consumer-offset-in-broker.ts";
import { resetConsumerOffsetInConsumer } from "../src/commands/reset-consumer-offset-in-consumer.ts";
import { searchOffsetByTimestamp } from "../src/commands/search-offset-by-timestamp.ts";
import { updateConsumerOffset } from "../src/commands/update-consumer-offset.ts";
import { Fault } from "../src/errors.ts";
import { brokerQuery, brokersMeant } from "../src/http/broker-target.ts";
import { emulatedBy } from "../src/http/emulated.ts";
import { isAbsent } from "../src/http/gathered.ts";
import { brokersOfGroup } from "../src/http/group-offsets.ts";
import { CloneInput, cloneAt, cloneMembers } from "../src/http/offset-clone.ts";
import { asJavaDoes, queueByQueue, throughClients } from "../src/http/offset-reset.ts";
import { ResetInput, resetMembers, statedReset } from "../src/http/offset-reset-input.ts";
import { inOrderOfQueues } from "../src/http/queue-order.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, json, post } from "../src/http/route.ts";
import { type Static, Type } from "../src/schema/types.ts";

const Done = BrokerResultsOf(resetMembers);
const Cloned = BrokerResultsOf(cloneMembers);

const via = Type.Union([Type.Literal("client"), Type.Literal("broker")], {
  description:
    "`client`, as RESET_CONSUMER_OFFSET_IN_CONSUMER once did: where no client is online, before 5.0, 409; `broker`, as " +
    "RESET_CONSUMER_OFFSET_IN_BROKER once did: each offset is committed, whoever is online",
});
type Via = Static<typeof via>;

const stepsOf = { client: throughClients, broker: queueByQueue } as const satisfies Record<Via, unknown>;

export const offsetChanges = [
  post("/groups/{group}/offsets/reset", {
    summary: "Let a consumer group go on from a time, in every queue of a topic",
    calls: [
      invokeBrokerToResetOffset,
      searchOffsetByTimestamp,
      getMaxOffset,
      queryConsumerOffset,
      getMinOffset,
      updateConsumerOffset,
    ],
    emulates: [resetConsumerOffsetInConsumer, resetConsumerOffsetInBroker],
    query: { via: Type.Optional(via), ...brokerQuery },
    body: json(ResetInput),
    answers: { 200: answer("it goes on from there", Done), 207: answer("in some brokers' queues it does", Done) },
    problems: {
      404: "there is no such topic, group, broker or cluster; before 5.0, no offset of the group in some queue",
      409: "no client is online, or the offsets were reset before and no consumer has gone on from there yet",
    },
    async handle({ params: { group }, query: { via, ...query }, body }, { brokers }) {
      const reset = statedReset(group, body);
      const steps = via === undefined ? asJavaDoes : stepsOf[via];
      const targets = await brokersMeant(query, brokers, { others: () => brokers.mastersOf(reset.topic) });
      const outcomes = await brokers.each(targets, (one, left) => steps(one, reset, brokers, left));
      const done = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
      const instead = via === "client" ? [invokeBrokerToResetOffset] : done.flatMap(({ instead }) => instead);
      const { topic, timestamp } = reset;
      const data = inOrderOfQueues(done.flatMap(({ rows }) => rows.map(({ topic: _, ...row }) => row)));
      const emulated = instead.length > 0 && emulatedBy(...new Set(instead));
      return fanOutAnswer(outcomes, { body: { group, topic, timestamp, data, next: null, ...emulated } });
    },
  }),

  post("/groups/{group}/offsets/clone", {
    summary: "Give a consumer group the offsets of another one; on 3.x both share them from then on",
    calls: [getAllConsumerOffset, cloneGroupOffset],
    query: brokerQuery,
    body: json(CloneInput),
    answers: { 200: answer("it has them", Cloned), 207: answer("it has those of some brokers", Cloned) },
    problems: { 404: "there is no such topic, broker or cluster, or the other group has no offsets" },
    async handle({ params: { group: destGroup }, query, body }, { brokers }) {
      const { srcGroup, topic } = body;
      if (srcGroup === destGroup) {
        throw new Fault("invalid-body", `Cannot take the body: /srcGroup is the group of the path`, {
          violations: [{ pointer: "/srcGroup", detail: "must be another group than that of the path" }],
        });
      }
      const targets = await brokersMeant(query, brokers, { others: () => brokersOfGroup(srcGroup, topic, brokers) });
      const outcomes = await brokers.each(targets, (one, left) => cloneAt(one, { ...body, destGroup }, brokers, left));
      const concerned = outcomes.filter((outcome) => !isAbsent(outcome));
      const data = outcomes.flatMap((outcome) => (outcome.ok ? outcome.value : []));
      return fanOutAnswer(concerned.length > 0 ? concerned : outcomes, {
        body: { srcGroup, destGroup, data, next: null },
      });
    },
  }),
];
