import { topicList } from "../body/topic-list.ts";
import { command, on } from "./command.ts";

export const getSystemTopicListFromBroker = command({
  code: 305,
  name: "GET_SYSTEM_TOPIC_LIST_FROM_BROKER",
  description: "Topics that a broker made for itself.",
  servedBy: on("broker"),
  response: { body: topicList },
});
