import { getBrokerConfig } from "../src/commands/get-broker-config.ts";
import { updateBrokerConfig } from "../src/commands/update-broker-config.ts";
import { brokerIdQuery, unknownBroker } from "../src/http/broker-target.ts";
import { ConfigChange, changedPart, safeChange } from "../src/http/config-change.ts";
import { needConfigChanges } from "../src/http/needs.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, get, json, patch } from "../src/http/route.ts";
import { Nullable, Type } from "../src/schema/types.ts";

const path = "/brokers/{broker}/config";

const Config = Type.Record(Type.String(), Type.String(), {
  description: "properties by name, all of them texts",
  examples: [{ brokerName: "b1", autoCreateTopicEnable: "true" }],
});
const Changed = BrokerResultsOf({ config: Config }, { config: Nullable(Config) });

export const brokerConfig = [
  get(path, {
    summary: "The properties of a broker",
    calls: [getBrokerConfig],
    query: brokerIdQuery,
    answers: { 200: answer("the properties", Config) },
    async handle({ params: { broker }, query: { brokerId } }, { brokers }) {
      const { body } = await brokers.read(await brokers.named(broker, brokerId), getBrokerConfig, {});
      return { status: 200, body: body ?? {} };
    },
  }),

  patch(path, {
    summary: "Change properties of a broker while it runs",
    calls: [updateBrokerConfig, getBrokerConfig],
    query: brokerIdQuery,
    body: json(ConfigChange),
    answers: { 200: answer("the broker took it, and what it now has", Changed) },
    problems: {
      ...unknownBroker,
      403: "it is switched off, or such a property must never be changed over the network",
    },
    check: needConfigChanges,
    async handle({ params: { broker }, query: { brokerId }, body }, { brokers }) {
      const target = await brokers.named(broker, brokerId);
      const change = safeChange(body);
      const outcomes = await brokers.writeEach([target], updateBrokerConfig, { body: change });
      if (!outcomes.every(({ ok }) => ok)) return fanOutAnswer(outcomes, {});
      // Brokers overlook what they don't know and what they can't read, so this one is asked what came of it.
      const [now] = await brokers.readEach([target], getBrokerConfig, {});
      const config = changedPart(now?.ok ? now.value.body : null, change);
      return fanOutAnswer(outcomes, { body: { config: change } }, () => ({ config }));
    },
  }),
];
