import { storedMessages } from "../body/stored-message.ts";
import { i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const popLiteMessage = command({
  code: 200070,
  name: "POP_LITE_MESSAGE",
  description: "Hands messages of all its lite topics to a client, invisible to others for a time. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      clientId: text("client"),
      consumerGroup: text("consumer group"),
      topic: text("parent topic"),
      maxMsgNum: i32("how many messages at most, 1 to 32"),
      invisibleTime: i64("how long they are invisible to others, milliseconds"),
      pollTime: i64("how long to wait for a message, milliseconds; 0 not to"),
      bornTime: i64("when the request was made, epoch milliseconds; 0 for the broker's clock"),
      attemptId: optional(text("repeating it repeats the answer, in order mode")),
      ...rpcHeader,
    },
  },
  response: {
    header: {
      popTime: i64("when they were handed out, epoch milliseconds"),
      invisibleTime: i64("how long they are invisible to others, milliseconds"),
      reviveQid: i32("revive queue: 0 to 7, or 999 in order mode"),
      startOffsetInfo: optional(text("retry queueId startOffset, joined by semicolons")),
      msgOffsetInfo: optional(text("retry queueId offset,offset,..., joined by semicolons")),
      orderCountInfo: optional(text("redeliveries by message, joined by semicolons")),
    },
    body: storedMessages,
  },
});
