import { i32, i64, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getMinOffset = command({
  code: 31,
  name: "GET_MIN_OFFSET",
  description: "Offset of the oldest message of a queue.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      topic: text("topic name"),
      queueId: i32("queue"),
      ...topicHeader,
    },
  },
  response: { header: { offset: i64("offset of the oldest message") } },
});
