import { topicList } from "../body/topic-list.ts";
import { command, on } from "./command.ts";

export const getAllTopicListFromNameserver = command({
  code: 206,
  name: "GET_ALL_TOPIC_LIST_FROM_NAMESERVER",
  description: "Every topic that some broker registered.",
  servedBy: on("name-server"),
  response: { body: topicList },
});
