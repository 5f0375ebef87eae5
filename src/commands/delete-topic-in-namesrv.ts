import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const deleteTopicInNamesrv = command({
  code: 216,
  name: "DELETE_TOPIC_IN_NAMESRV",
  description: "Forgets the route of a topic; one that isn't there is forgotten too.",
  servedBy: on("name-server"),
  request: {
    header: {
      topic: text("topic name"),
      clusterName: optional(text("only in this cluster, since 4.9.4")),
      ...topicHeader,
    },
  },
});
