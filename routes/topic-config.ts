import { TopicConfigWithMapping } from "../src/body/topic-config-table.ts";
import { deleteTopicInBroker } from "../src/commands/delete-topic-in-broker.ts";
import { deleteTopicInNamesrv } from "../src/commands/delete-topic-in-namesrv.ts";
import { getAllTopicConfig } from "../src/commands/get-all-topic-config.ts";
import { getKvConfig } from "../src/commands/get-kv-config.ts";
import { getTopicConfig } from "../src/commands/get-topic-config.ts";
import { putKvConfig } from "../src/commands/put-kv-config.ts";
import { updateAndCreateTopic } from "../src/commands/update-and-create-topic.ts";
import { brokerIdQuery, brokerQuery, brokersMeant, brokersNamed, unknownBroker } from "../src/http/broker-target.ts";
import { orderConfWritten } from "../src/http/order-conf.ts";
import { AnyResultsOf, BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, del, get, json, put } from "../src/http/route.ts";
import {
  mustKnowAttributes,
  statedTopic,
  TopicInput,
  topicAt,
  topicHeaderOf,
  topicMembers,
} from "../src/http/topic-config.ts";
import { routesForgotten } from "../src/http/topic-routes.ts";
import { Type } from "../src/schema/types.ts";

const topic = Type.String({ description: "topic name" });
const routeDeleted = Type.Boolean({
  description: "whether name servers were told to forget its route; not while another broker has the topic",
});
const Stated = AnyResultsOf(topicMembers);
const Deleted = AnyResultsOf({ topic, routeDeleted });
const DeletedAt = BrokerResultsOf({ topic });

export const topicConfig = [
  get("/topics/{topic}", {
    summary: "The configuration of a topic, as one of its masters has it",
    calls: [getTopicConfig, getAllTopicConfig],
    query: brokerQuery,
    answers: { 200: answer("the TopicConfig", TopicConfigWithMapping) },
    async handle({ params: { topic }, query }, { brokers }) {
      const [broker] = await brokersMeant(query, brokers, { others: () => brokers.mastersOf(topic) });
      return { status: 200, body: broker && (await topicAt(broker, topic, brokers)) };
    },
  }),

  put("/topics/{topic}", {
    summary: "Create or change a topic on every master of a cluster, or on one broker; tell name servers of its order",
    calls: [updateAndCreateTopic, getKvConfig, putKvConfig],
    query: brokerQuery,
    body: json(TopicInput),
    answers: { 200: answer("every broker has it", Stated), 207: answer("some have", Stated) },
    problems: { ...unknownBroker, 501: "it has attributes, which the brokers are too old for" },
    async handle({ params, query, body }, { brokers, nameServers }) {
      const stated = statedTopic(params.topic, body);
      const targets = await brokersNamed(query, brokers);
      const outcomes = await brokers.each(targets, async (one, left) => {
        await mustKnowAttributes(stated, brokers, one);
        return brokers.write(one, updateAndCreateTopic, topicHeaderOf(stated), left());
      });
      brokers.forget();
      // Clients would send to brokers that don't have it, were name servers told of it before all of them do.
      const isOrdered = stated.order && outcomes.every(({ ok }) => ok);
      const conf = { topic: params.topic, writeQueueNums: stated.writeQueueNums, brokers: targets };
      const isWhole = query.cluster !== undefined;
      const told = isOrdered ? await orderConfWritten({ ...conf, isWhole }, nameServers) : [];
      return fanOutAnswer([...outcomes, ...told], { body: stated });
    },
  }),

  del("/topics/{topic}", {
    summary:
      "Delete a topic from every master of a cluster, whose slaves follow, or from one broker, and then its route",
    calls: [deleteTopicInBroker, deleteTopicInNamesrv],
    query: brokerQuery,
    answers: { 200: answer("none of them has it any more", Deleted), 207: answer("some may have", Deleted) },
    problems: unknownBroker,
    async handle({ params: { topic }, query }, { brokers, nameServers }) {
      const targets = await brokersNamed(query, brokers);
      const outcomes = await brokers.writeEach(targets, deleteTopicInBroker, { topic });
      brokers.forget();
      // Without its route a topic that a broker still has would come back with the broker's next registration.
      const isGone = outcomes.every(({ ok }) => ok);
      const forgotten = isGone ? await routesForgotten(topic, query.cluster, targets, { brokers, nameServers }) : [];
      const body = { topic, routeDeleted: forgotten.length > 0 };
      return fanOutAnswer([...outcomes, ...forgotten], { body });
    },
  }),

  del("/brokers/{broker}/topics/{topic}", {
    summary: "Delete a topic from one broker; name servers keep its route",
    calls: [deleteTopicInBroker],
    query: brokerIdQuery,
    answers: { 200: answer("the broker has it no more", DeletedAt) },
    problems: unknownBroker,
    async handle({ params: { broker, topic }, query: { brokerId } }, { brokers }) {
      const targets = [await brokers.named(broker, brokerId)];
      const outcomes = await brokers.writeEach(targets, deleteTopicInBroker, { topic });
      brokers.forget();
      return fanOutAnswer(outcomes, { body: { topic } });
    },
  }),
];
