import { topicList } from "../body/topic-list.ts";
import { command, on } from "./command.ts";

export const getSystemTopicListFromNs = command({
  code: 304,
  name: "GET_SYSTEM_TOPIC_LIST_FROM_NS",
  description: "Cluster names and broker names, which are topics of the system, and the address of some broker.",
  servedBy: on("name-server"),
  response: { body: topicList },
});
