import { liteTopicInfo } from "../body/lite-topics.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getLiteTopicInfo = command({
  code: 200076,
  name: "GET_LITE_TOPIC_INFO",
  description: "Subscribers and offsets of one lite topic. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      parentTopic: optional(text("parent topic")),
      liteTopic: optional(text("lite topic")),
    },
  },
  response: { body: liteTopicInfo },
});
