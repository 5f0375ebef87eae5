import { consumeQueue } from "../body/consume-queue.ts";
import { i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const queryConsumeQueue = command({
  code: 321,
  name: "QUERY_CONSUME_QUEUE",
  description: "Entries of a consume queue, and which of them the filter of a group takes. Since 4.1.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
  request: {
    header: {
      topic: optional(text("topic name")),
      queueId: optional(i32("queue")),
      index: optional(i64("offset to begin at")),
      count: optional(i32("how many entries at most")),
      consumerGroup: optional(text("consumer group")),
      ...topicHeader,
    },
  },
  response: { body: consumeQueue },
});
