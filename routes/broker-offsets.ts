import { getAllConsumerOffset } from "../src/commands/get-all-consumer-offset.ts";
import { getAllDelayOffset } from "../src/commands/get-all-delay-offset.ts";
import { BrokerDelayOffsets, BrokerOffsets, brokerOffsets, delayOffsets } from "../src/http/broker-offsets.ts";
import { brokerIdQuery } from "../src/http/broker-target.ts";
import { answer, get } from "../src/http/route.ts";

export const brokerOffsetRoutes = [
  get("/brokers/{broker}/consumer-offsets", {
    summary: "Every offset that consumer groups have committed on a broker",
    calls: [getAllConsumerOffset],
    query: brokerIdQuery,
    answers: { 200: answer("the offsets by topic, group and queue", BrokerOffsets) },
    async handle({ params: { broker }, query: { brokerId } }, { brokers }) {
      const { body } = await brokers.read(await brokers.named(broker, brokerId), getAllConsumerOffset, {});
      return { status: 200, body: brokerOffsets(body) };
    },
  }),

  get("/brokers/{broker}/delay-offsets", {
    summary: "How far a broker is in delivering delayed messages",
    calls: [getAllDelayOffset],
    query: brokerIdQuery,
    answers: { 200: answer("the offsets by delay level", BrokerDelayOffsets) },
    async handle({ params: { broker }, query: { brokerId } }, { brokers }) {
      const { body } = await brokers.read(await brokers.named(broker, brokerId), getAllDelayOffset, {});
      return { status: 200, body: delayOffsets(body) };
    },
  }),
];
