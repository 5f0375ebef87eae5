import { topicList } from "../body/topic-list.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const queryTopicsByConsumer = command({
  code: 343,
  name: "QUERY_TOPICS_BY_CONSUMER",
  description: "Topics in which a group has offsets. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { group: text("consumer group"), ...rpcHeader } },
  response: { body: topicList },
});
