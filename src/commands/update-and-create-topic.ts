import { command, on } from "./command.ts";
import { createTopicHeader } from "./headers/create-topic.ts";

export const updateAndCreateTopic = command({
  code: 17,
  name: "UPDATE_AND_CREATE_TOPIC",
  description: "Creates a topic on one broker, or changes it.",
  servedBy: on("broker"),
  request: { header: createTopicHeader },
});
