import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const notification = command({
  code: 200054,
  name: "NOTIFICATION",
  description: "Waits until pop would find a message, and hands out none. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name"),
      queueId: i32("queue; -1 for any"),
      pollTime: i64("how long to wait for a message, milliseconds; 0 not to"),
      bornTime: i64("when the request was made, epoch milliseconds; 0 for the broker's clock"),
      order: optional(bool("whether a queue is locked until all is acknowledged, since 5.1.2")),
      attemptId: optional(text("repeating it repeats the answer, in order mode, since 5.1.2")),
      expType: optional(text("language of the expression: TAG or SQL92, since 5.5")),
      exp: optional(
        text("expression: * for all, or tags joined by ||; what it leaves out is skipped for good, since 5.5"),
      ),
      ...topicHeader,
    },
  },
  response: {
    header: {
      hasMsg: bool("whether there is a message"),
      pollingFull: optional(bool("whether too many wait already, since 5.3.2")),
    },
  },
});
