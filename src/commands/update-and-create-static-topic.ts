import { topicQueueMappingDetail } from "../body/static-topic.ts";
import { command, on } from "./command.ts";
import { createTopicHeader } from "./headers/create-topic.ts";

export const updateAndCreateStaticTopic = command({
  code: 513,
  name: "UPDATE_AND_CREATE_STATIC_TOPIC",
  description: "Creates or changes a topic whose logical queues are mapped to queues of several brokers. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { header: createTopicHeader, body: topicQueueMappingDetail },
});
