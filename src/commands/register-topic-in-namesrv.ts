import { topicRouteData } from "../body/topic-route.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

/** 217 meant something else in 3.x: GET_KV_CONFIG_BY_VALUE. */
export const registerTopicInNamesrv = command({
  code: 217,
  name: "REGISTER_TOPIC_IN_NAMESRV",
  description: "Adds queues of a topic; only queueDatas of the body is read. Since 5.0.",
  servedBy: on("name-server", "5.5.0"),
  request: { header: { topic: text("topic name"), ...topicHeader }, body: topicRouteData },
});
