import { topicList } from "../body/topic-list.ts";
import { command, on } from "./command.ts";

export const getUnitTopicList = command({
  code: 311,
  name: "GET_UNIT_TOPIC_LIST",
  description: "Topics whose topicSysFlag has the unit bit.",
  servedBy: on("name-server"),
  response: { body: topicList },
});
