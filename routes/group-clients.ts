import { ConsumerRunningInfo } from "../src/body/consumer-running-info.ts";
import { DirectConsumption } from "../src/body/direct-consumption.ts";
import { adjustConsumerThreadPool } from "../src/commands/adjust-consumer-thread-pool.ts";
import { consumeMessageDirectly } from "../src/commands/consume-message-directly.ts";
import { getConsumerConnectionList } from "../src/commands/get-consumer-connection-list.ts";
import { getConsumerListByGroup } from "../src/commands/get-consumer-list-by-group.ts";
import { getConsumerRunningInfo } from "../src/commands/get-consumer-running-info.ts";
import { Fault } from "../src/errors.ts";
import { brokerQuery, brokersMeant } from "../src/http/broker-target.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { brokerOf, clientIds, GroupClients, groupClients } from "../src/http/group-clients.ts";
import { brokerOfMessage, OffsetMsgId } from "../src/http/message-broker.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, get, json, patch, post } from "../src/http/route.ts";
import { Name, Type } from "../src/schema/types.ts";

const MessageInput = Type.Object(
  { offsetMsgId: OffsetMsgId, topic: Type.Optional(Name("its topic, which brokers since 5.0 make use of")) },
  { additionalProperties: false, title: "DirectConsumptionInput" },
);
const Consumed = BrokerResultsOf({
  clientId: Type.String({ description: "client" }),
  offsetMsgId: OffsetMsgId,
  ...Type.Partial(DirectConsumption).properties,
});

export const groupClientRoutes = [
  get("/groups/{group}/clients", {
    summary: "The clients of a consumer group that are connected, with their subscriptions, or their ids alone",
    calls: [getConsumerConnectionList, getConsumerListByGroup],
    query: {
      fields: Type.Optional(
        Type.Literal("clientId", { description: "ids alone, as GET_CONSUMER_LIST_BY_GROUP tells" }),
      ),
      ...brokerQuery,
    },
    answers: {
      200: answer("the clients, and what they agreed upon", GroupClients),
      207: answer("those that some brokers have", BrokerResultsOf(GroupClients.properties)),
    },
    async handle({ params: { group: consumerGroup }, query: { fields, ...query } }, { brokers }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.masters() });
      if (fields) {
        const outcomes = await brokers.each(targets, async (one, left) => {
          const { body } = await brokers.read(one, getConsumerListByGroup, { consumerGroup }, left());
          return body?.consumerIdList ?? [];
        });
        return gatheredAnswer(outcomes, clientIds);
      }
      const outcomes = await brokers.each(targets, async (one, left) => {
        const { body } = await brokers.read(one, getConsumerConnectionList, { consumerGroup }, left());
        if (body) return body;
        throw new Fault("undecodable", `Cannot read the clients: broker ${one.brokerName} answered without any`);
      });
      return gatheredAnswer(outcomes, groupClients);
    },
  }),

  get("/groups/{group}/clients/{client}", {
    summary: "What a client of a consumer group says of itself, asked through a broker",
    calls: [getConsumerListByGroup, getConsumerRunningInfo],
    query: {
      jstack: Type.Optional(Type.Boolean({ description: "with the stacks of its threads; default without" })),
      ...brokerQuery,
    },
    answers: { 200: answer("the ConsumerRunningInfo", ConsumerRunningInfo) },
    async handle({ params: { group, client }, query: { jstack = false, ...query } }, { brokers, limits }) {
      const targets = await brokersMeant(query, brokers, { others: () => brokers.masters() });
      const broker = await brokerOf({ group, client }, targets, brokers);
      const values = { consumerGroup: group, clientId: client, jstackEnable: jstack };
      const { body } = await brokers.read(broker, getConsumerRunningInfo, values, limits.relayTimeoutMillis);
      return { status: 200, body };
    },
  }),

  post("/groups/{group}/clients/{client}/messages", {
    summary: "Hand one message to one client of a consumer group, whatever its offsets",
    calls: [getConsumerListByGroup, consumeMessageDirectly],
    body: json(MessageInput),
    answers: { 200: answer("what came of it", Consumed) },
    problems: { 404: "no broker has the message, or the client isn't connected to the one that has it" },
    async handle({ params: { group, client: clientId }, body: { offsetMsgId, topic } }, { brokers, limits }) {
      const { broker } = await brokerOfMessage(offsetMsgId, brokers);
      // A 5.x broker makes a group that it is asked to hand a message to.
      await brokerOf({ group, client: clientId }, [broker], brokers);
      const message = { msgId: offsetMsgId, brokerName: broker.brokerName, ...(topic !== undefined && { topic }) };
      const outcomes = await brokers.writeEach(
        [broker],
        consumeMessageDirectly,
        { consumerGroup: group, clientId, ...message },
        limits.relayTimeoutMillis,
      );
      const [result] = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.body] : []));
      return fanOutAnswer(outcomes, { body: { clientId, offsetMsgId, ...result } });
    },
  }),

  patch("/groups/{group}/clients/{client}", {
    summary: "Change the threads of a client, which no generation does: always 501, with what does",
    calls: [adjustConsumerThreadPool],
    // It changes nothing: whoever may read may hear what does.
    access: "read",
    answers: {},
    check: () => {
      const message =
        "Cannot change a client's threads: no broker of any generation answers ADJUST_CONSUMER_THREAD_POOL";
      throw new Fault("not-supported", message, { hint: adjustConsumerThreadPool.instead ?? "" });
    },
    handle: () => ({ status: 501 }),
  }),
];
