import { consumeTimeSpan } from "../body/consume-time-span.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const queryConsumeTimeSpan = command({
  code: 303,
  name: "QUERY_CONSUME_TIME_SPAN",
  description:
    "When the messages of a topic were stored and how far in that time a group is; code 17 for an unknown topic.",
  servedBy: on("broker"),
  request: {
    header: {
      topic: text("topic name"),
      group: text("consumer group"),
      ...topicHeader,
    },
  },
  response: { body: consumeTimeSpan },
});
