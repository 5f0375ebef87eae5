import { i32, i64, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getEarliestMsgStoreTime = command({
  code: 32,
  name: "GET_EARLIEST_MSG_STORETIME",
  description: "When the oldest message of a queue was stored.",
  servedBy: on("broker"),
  request: {
    header: {
      topic: text("topic name"),
      queueId: i32("queue"),
      ...topicHeader,
    },
  },
  response: { header: { timestamp: i64("epoch milliseconds; -1 when the broker can't tell") } },
});
