import { i32, i64, optional, text } from "../../schema/fields.ts";

/** PopMessageResponseHeader. Of PEEK_MESSAGE only restNum means anything. */
export const popMessageReply = {
  popTime: i64("when they were handed out, epoch milliseconds"),
  invisibleTime: i64("how long they are invisible to others, milliseconds"),
  reviveQid: i32("revive queue: 0 to 7, or 999 in order mode"),
  restNum: i64("messages that are left"),
  startOffsetInfo: optional(text("retry queueId startOffset, joined by semicolons")),
  msgOffsetInfo: optional(text("retry queueId offset,offset,..., joined by semicolons")),
  orderCountInfo: optional(text("in order mode, redeliveries by queue or by message")),
};
