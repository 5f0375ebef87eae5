import { BrokerStats } from "../src/body/broker-stats.ts";
import { getBrokerRuntimeInfo } from "../src/commands/get-broker-runtime-info.ts";
import { viewBrokerStatsData } from "../src/commands/view-broker-stats-data.ts";
import { brokerIdQuery } from "../src/http/broker-target.ts";
import { answer, get } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const Runtime = Type.Record(Type.String(), Type.String(), {
  description: "figures by name, all of them texts",
  examples: [{ brokerVersionDesc: "V5_5_0", putTps: "0.0 0.0 0.0", msgPutTotalTodayNow: "10" }],
});

export const brokerRuntime = [
  get("/brokers/{broker}/runtime", {
    summary: "Figures of a running broker",
    calls: [getBrokerRuntimeInfo],
    query: brokerIdQuery,
    answers: { 200: answer("the figures", Runtime) },
    async handle({ params: { broker }, query: { brokerId } }, { brokers }) {
      const { body } = await brokers.read(await brokers.named(broker, brokerId), getBrokerRuntimeInfo, {});
      return { status: 200, body: body?.table ?? {} };
    },
  }),

  get("/brokers/{broker}/stats/{statsName}/{statsKey}", {
    summary: "What a broker counted of one thing over the last minute, hour and day",
    calls: [viewBrokerStatsData],
    query: brokerIdQuery,
    answers: { 200: answer("total and rate of each", BrokerStats) },
    async handle({ params: { broker, ...values }, query: { brokerId } }, { brokers }) {
      const { body } = await brokers.read(await brokers.named(broker, brokerId), viewBrokerStatsData, values);
      return { status: 200, body };
    },
  }),
];
