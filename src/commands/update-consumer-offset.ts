import { i32, i64, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const updateConsumerOffset = command({
  code: 15,
  name: "UPDATE_CONSUMER_OFFSET",
  description: "Commits the offset of a group in a queue, also one below the last.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name"),
      queueId: i32("queue"),
      commitOffset: i64("offset to commit"),
      ...topicHeader,
    },
  },
});
