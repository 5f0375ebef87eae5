import { parentTopicInfo } from "../body/lite-topics.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getParentTopicInfo = command({
  code: 200075,
  name: "GET_PARENT_TOPIC_INFO",
  description: "Groups and number of the lite topics below one topic. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { topic: text("parent topic") } },
  response: { body: parentTopicInfo },
});
