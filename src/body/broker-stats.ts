import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** BrokerStatsItem: what was counted over a time. */
const StatsItem = Type.Object({
  sum: Int64("total of the time"),
  tps: Type.Number({ description: "total for each second" }),
  avgpt: Type.Number({ description: "total for each time that something was counted" }),
});

/** BrokerStatsData: what a broker counted of one thing. */
export const BrokerStats = Type.Object({
  statsMinute: StatsItem,
  statsHour: StatsItem,
  statsDay: StatsItem,
});
export type BrokerStats = Static<typeof BrokerStats>;

export const brokerStats = jsonBody(BrokerStats);
