import { i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";
import { withoutLeases } from "./headers/lease.ts";

export const ackMessage = command({
  code: 200051,
  name: "ACK_MESSAGE",
  description: "Acknowledges a popped message. Code 0 also when its time was over, so that it comes again. Since 5.0.",
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
      liteTopic: optional(text("lite topic below the topic, since 5.5")),
      ...topicHeader,
    },
  },
});
