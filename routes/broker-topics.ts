import { getAllTopicConfig } from "../src/commands/get-all-topic-config.ts";
import { getSystemTopicListFromBroker } from "../src/commands/get-system-topic-list-from-broker.ts";
import { getTopicConfigList } from "../src/commands/get-topic-config-list.ts";
import { getTopicNameList } from "../src/commands/get-topic-name-list.ts";
import { queryBrokerOffset } from "../src/commands/query-broker-offset.ts";
import { Fault } from "../src/errors.ts";
import { brokerIdQuery } from "../src/http/broker-target.ts";
import { BrokerTopics, configRows, emulatedConfigRows, emulatedNameRows, nameRows } from "../src/http/broker-topics.ts";
import { answer, get } from "../src/http/route.ts";
import { type Static, Type } from "../src/schema/types.ts";

const selections = {
  type: Type.Optional(Type.Literal("system", { description: "only those that the broker made for itself, by name" })),
  fields: Type.Optional(Type.Literal("topicName", { description: "names alone, as GET_TOPIC_NAME_LIST would tell" })),
  wire: Type.Optional(Type.Literal("22", { description: "as GET_TOPIC_CONFIG_LIST would tell them" })),
};
type Selections = { readonly [K in keyof typeof selections]?: Static<(typeof selections)[K]> };

function mustBeOne(query: Selections): void {
  const given = (["type", "fields", "wire"] as const).filter((name) => query[name] !== undefined);
  if (given.length < 2) return;
  throw new Fault("invalid-argument", `Cannot list topics by ${given.join(" and ")}: each is a list of its own`, {
    violations: given.map((name) => ({ pointer: `?${name}`, detail: "can't be given beside another" })),
  });
}

export const brokerTopics = [
  get("/brokers/{broker}/topics", {
    summary: "The topics of a broker, with their configuration or by name",
    calls: [getAllTopicConfig, getSystemTopicListFromBroker],
    emulates: [getTopicConfigList, getTopicNameList],
    query: { ...selections, ...brokerIdQuery },
    answers: { 200: answer("the topics, and the version of the broker's table", BrokerTopics) },
    async handle({ params, query }, { brokers }) {
      mustBeOne(query);
      const broker = await brokers.named(params.broker, query.brokerId);
      if (query.type) {
        return { status: 200, body: nameRows((await brokers.read(broker, getSystemTopicListFromBroker, {})).body) };
      }
      const { body: table } = await brokers.read(broker, getAllTopicConfig, {});
      const rowsOf = query.wire ? emulatedConfigRows : query.fields ? emulatedNameRows : configRows;
      return { status: 200, body: rowsOf(table) };
    },
  }),

  get("/brokers/{broker}/offset", {
    summary: "The offset of a broker as a whole, which no generation tells: always 501, with what tells more",
    calls: [queryBrokerOffset],
    query: brokerIdQuery,
    answers: {},
    async handle({ params: { broker }, query: { brokerId } }, { brokers }) {
      const one = await brokers.named(broker, brokerId);
      await brokers.read(one, queryBrokerOffset, {});
      throw new Fault("undecodable", "Cannot read the offset: no generation defines what answers it", {
        target: one.address,
      });
    },
  }),
];
