import { topicStats } from "../body/topic-stats.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getTopicStatsInfo = command({
  code: 202,
  name: "GET_TOPIC_STATS_INFO",
  description:
    "Offsets of the oldest and the next message in every queue of a topic on one broker; code 17 for an unknown topic.",
  servedBy: on("broker"),
  request: { header: { topic: text("topic name"), ...topicHeader } },
  response: { body: topicStats },
});
