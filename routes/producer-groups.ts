import { getProducerConnectionList } from "../src/commands/get-producer-connection-list.ts";
import { Fault } from "../src/errors.ts";
import { brokerQuery, brokersMeant } from "../src/http/broker-target.ts";
import { gatheredAnswer } from "../src/http/gathered.ts";
import { ClientRow, clientRows } from "../src/http/group-clients.ts";
import { ListOf } from "../src/http/list.ts";
import { BrokerResultsOf } from "../src/http/results.ts";
import { answer, get } from "../src/http/route.ts";
import { Name, Type } from "../src/schema/types.ts";

const Producers = ListOf(ClientRow);

export const producerGroups = [
  get("/producer-groups/{producerGroup}/clients", {
    summary: "The clients of a producer group that are connected",
    calls: [getProducerConnectionList],
    query: { topic: Type.Optional(Name("the masters that have this topic")), ...brokerQuery },
    answers: {
      200: answer("the clients", Producers),
      207: answer("those that some brokers have", BrokerResultsOf(Producers.properties)),
    },
    async handle({ params: { producerGroup }, query: { topic, ...query } }, { brokers }) {
      if (topic !== undefined && (query.cluster ?? query.broker) !== undefined) {
        const detail = "can't be given beside ?cluster or ?broker";
        throw new Fault("invalid-argument", `Cannot tell which brokers are meant: ?topic ${detail}`, {
          violations: [{ pointer: "?topic", detail }],
        });
      }
      const others = () => (topic === undefined ? brokers.masters() : brokers.mastersOf(topic));
      const outcomes = await brokers.each(await brokersMeant(query, brokers, { others }), async (one, left) => {
        const { body } = await brokers.read(one, getProducerConnectionList, { producerGroup }, left());
        return body?.connectionSet ?? [];
      });
      return gatheredAnswer(outcomes, (parts) => ({ data: clientRows(parts), next: null }));
    },
  }),
];
