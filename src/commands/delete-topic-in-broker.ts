import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const deleteTopicInBroker = command({
  code: 215,
  name: "DELETE_TOPIC_IN_BROKER",
  description: "Deletes a topic from one broker. Name servers keep its route until DELETE_TOPIC_IN_NAMESRV.",
  servedBy: on("broker"),
  request: { header: { topic: text("topic name"), ...topicHeader } },
});
