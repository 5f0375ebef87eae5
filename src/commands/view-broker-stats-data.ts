import { brokerStats } from "../body/broker-stats.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const viewBrokerStatsData = command({
  code: 315,
  name: "VIEW_BROKER_STATS_DATA",
  description: "What a broker counted over the last minute, hour and day; code 1 for what it doesn't count.",
  servedBy: on("broker"),
  request: {
    header: {
      statsName: text("what was counted, such as TOPIC_PUT_NUMS"),
      statsKey: text("of whom: a topic, topic@group, or the cluster name"),
    },
  },
  response: { body: brokerStats },
});
