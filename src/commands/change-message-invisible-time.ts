import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";
import { withoutLeases } from "./headers/lease.ts";

export const changeMessageInvisibleTime = command({
  code: 200053,
  name: "CHANGE_MESSAGE_INVISIBLETIME",
  description:
    "Makes a popped message invisible anew, under a new handle. Code 0 also when its time was over. Since 5.0.",
  servedBy: { "5.5.0": ["broker", "proxy"] },
  instead: withoutLeases,
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name; the retry topic where the third number of the handle is not 0"),
      queueId: i32("queue: the last part but one of the handle"),
      extraInfo: text(
        "handle of the message: startOffset popTime invisibleTime reviveQid retry brokerName queueId offset",
      ),
      offset: i64("queue offset: the last part of the handle"),
      invisibleTime: i64("how long from now it is invisible, milliseconds"),
      liteTopic: optional(text("lite topic below the topic, since 5.5")),
      suspend: optional(bool("whether redeliveries aren't counted, since 5.5")),
      ...topicHeader,
    },
  },
  response: {
    header: {
      popTime: i64("when it was handed out, epoch milliseconds"),
      invisibleTime: i64("how long it is invisible to others, milliseconds"),
      reviveQid: i32("revive queue: 0 to 7, or 999 in order mode"),
    },
  },
});
