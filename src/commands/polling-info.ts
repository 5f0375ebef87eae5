import { i32, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const pollingInfo = command({
  code: 200055,
  name: "POLLING_INFO",
  description: "How many requests wait for a message of a queue. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name"),
      queueId: i32("queue; -1 for any"),
      ...topicHeader,
    },
  },
  response: { header: { pollingNum: i32("requests that wait") } },
});
