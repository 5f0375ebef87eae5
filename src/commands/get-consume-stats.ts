import { consumeStats } from "../body/consume-stats.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getConsumeStats = command({
  code: 208,
  name: "GET_CONSUME_STATS",
  description: "How far a group is in the queues of its topics on one broker.",
  servedBy: on("broker"),
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: optional(text("only this topic")),
      topicList: optional(text("only these topics, joined by semicolons, since 5.3.2")),
      ...topicHeader,
    },
  },
  response: { body: consumeStats },
});
