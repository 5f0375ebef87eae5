import { i32, i64, oneOf, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const searchOffsetByTimestamp = command({
  code: 29,
  name: "SEARCH_OFFSET_BY_TIMESTAMP",
  description:
    "Offset of the first message stored at a time or later; past all, 5.x tells the next one, others the last.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      topic: text("topic name"),
      queueId: i32("queue"),
      timestamp: i64("store time, epoch milliseconds"),
      liteTopic: optional(text("lite topic below the topic, since 5.5")),
      boundaryType: optional(
        oneOf("which one of several messages of that time: the first (the default) or the last, since 5.1.4", [
          "LOWER",
          "UPPER",
        ]),
      ),
      ...topicHeader,
    },
  },
  response: { header: { offset: i64("offset of the message") } },
});
