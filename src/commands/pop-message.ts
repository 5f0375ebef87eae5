import { storedMessages } from "../body/stored-message.ts";
import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";
import { withoutLeases } from "./headers/lease.ts";
import { popMessageReply } from "./headers/pop-message.ts";

export const popMessage = command({
  code: 200050,
  name: "POP_MESSAGE",
  description:
    "Hands messages to one of a group, invisible to the others for a time. Code 209 or 210 when none came. Since 5.0.",
  servedBy: { "5.5.0": ["broker", "proxy"] },
  instead: withoutLeases,
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name"),
      queueId: i32("queue; -1 for any"),
      maxMsgNums: i32("how many messages at most, 1 to 32"),
      invisibleTime: i64("how long they are invisible to others, milliseconds"),
      pollTime: i64("how long to wait for a message, milliseconds; 0 not to"),
      bornTime: i64("when the request was made, epoch milliseconds; 0 for the broker's clock"),
      initMode: i32("where a new group begins: 0 oldest, 1 newest message"),
      expType: optional(text("language of the expression: TAG or SQL92")),
      exp: optional(text("expression: * for all, or tags joined by ||; what it leaves out is skipped for good")),
      order: optional(bool("whether a queue is locked until all is acknowledged")),
      attemptId: optional(text("repeating it repeats the answer, in order mode, since 5.1.1")),
      ...topicHeader,
    },
  },
  response: { header: popMessageReply, body: storedMessages },
});
