import { topicList } from "../body/topic-list.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getTopicsByCluster = command({
  code: 224,
  name: "GET_TOPICS_BY_CLUSTER",
  description: "The topics of a cluster's brokers; none for an unknown cluster.",
  servedBy: on("name-server"),
  request: { header: { cluster: text("cluster name") } },
  response: { body: topicList },
});
