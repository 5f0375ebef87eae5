import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const queryConsumerOffset = command({
  code: 14,
  name: "QUERY_CONSUMER_OFFSET",
  description: "Committed offset of a group in a queue; code 22 when there is none.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name"),
      queueId: i32("queue"),
      setZeroIfNotFound: optional(
        bool("whether to answer 0 where there is none and all messages are still there, since 5.0"),
      ),
      ...topicHeader,
    },
  },
  response: { header: { offset: i64("committed offset") } },
});
