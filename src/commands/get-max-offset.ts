import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getMaxOffset = command({
  code: 30,
  name: "GET_MAX_OFFSET",
  description: "Offset that the next message of a queue will have.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      topic: text("topic name"),
      queueId: i32("queue"),
      committed: optional(bool("whether only messages count that can be consumed; true when left out, since 5.0")),
      ...topicHeader,
    },
  },
  response: { header: { offset: i64("offset behind the last message") } },
});
