import { MessageQueue } from "../src/body/message-queue.ts";
import { lockBatchMq } from "../src/commands/lock-batch-mq.ts";
import { unlockBatchMq } from "../src/commands/unlock-batch-mq.ts";
import { LocksInput, queuesByBroker } from "../src/http/group-locks.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, json, post } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const clientId = Type.String({ description: "client that holds the locks" });
const Locked = BrokerResultsOf({
  clientId,
  data: Type.Array(MessageQueue, { description: "the queues among them that the client holds now" }),
  next: Type.Null(),
});
const Released = BrokerResultsOf({ clientId });
const unknownBroker = { 404: "the name servers know no broker of one of the names" };

export const groupLocks = [
  post("/groups/{group}/locks", {
    summary: "Lock queues for one client of a consumer group, for 60 seconds",
    calls: [lockBatchMq],
    body: json(LocksInput),
    answers: { 200: answer("every broker was asked", Locked), 207: answer("some were", Locked) },
    problems: unknownBroker,
    async handle({ params: { group: consumerGroup }, body }, { brokers }) {
      const { clientId } = body;
      const queues = await queuesByBroker(body, brokers);
      const outcomes = await brokers.each([...queues.keys()], (one, left) => {
        const request = { consumerGroup, clientId, mqSet: queues.get(one) ?? [] };
        return brokers.write(one, lockBatchMq, { body: request }, left());
      });
      const data = outcomes.flatMap((outcome) => (outcome.ok ? (outcome.value.body?.lockOKMQSet ?? []) : []));
      return fanOutAnswer(outcomes, { body: { clientId, data, next: null } });
    },
  }),

  post("/groups/{group}/locks/release", {
    summary: "Give back queues that a client of a consumer group has locked",
    calls: [unlockBatchMq],
    body: json(LocksInput),
    answers: { 200: answer("it holds none of them any more", Released), 207: answer("it may hold some", Released) },
    problems: unknownBroker,
    async handle({ params: { group: consumerGroup }, body }, { brokers }) {
      const { clientId } = body;
      const queues = await queuesByBroker(body, brokers);
      const outcomes = await brokers.each([...queues.keys()], (one, left) => {
        const request = { consumerGroup, clientId, mqSet: queues.get(one) ?? [] };
        return brokers.write(one, unlockBatchMq, { body: request }, left());
      });
      return fanOutAnswer(outcomes, { body: { clientId } });
    },
  }),
];
