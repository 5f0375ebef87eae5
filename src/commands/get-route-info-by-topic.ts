import { topicRouteData } from "../body/topic-route.ts";
import { bool, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getRouteInfoByTopic = command({
  code: 105,
  name: "GET_ROUTEINFO_BY_TOPIC",
  formerly: "GET_ROUTEINTO_BY_TOPIC",
  description: "The brokers and queues of a topic; code 17 when no broker has it.",
  servedBy: { "3.2.6": ["name-server"], "4.9.7": ["name-server"], "5.5.0": ["name-server", "proxy"] },
  request: {
    header: {
      topic: text("topic name"),
      acceptStandardJsonOnly: optional(bool("answer in strict JSON, since 4.9.4")),
      zoneMode: optional(bool("whether only brokers of a zone are wanted, since 5.0", { wire: "__ZONE_MODE" })),
      zoneName: optional(text("that zone, since 5.0", { wire: "__ZONE_NAME" })),
      ...topicHeader,
    },
  },
  response: { body: topicRouteData },
});
