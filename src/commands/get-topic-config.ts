import { topicConfigWithMapping } from "../body/topic-config-table.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const getTopicConfig = command({
  code: 351,
  name: "GET_TOPIC_CONFIG",
  description: "One topic of a broker; code 17 when it isn't there. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { topic: text("topic name"), ...topicHeader } },
  response: { body: topicConfigWithMapping },
});
