import { topicList } from "../body/topic-list.ts";
import { command, on } from "./command.ts";

export const getHasUnitSubTopicList = command({
  code: 312,
  name: "GET_HAS_UNIT_SUB_TOPIC_LIST",
  description: "Topics whose topicSysFlag has the unit subscription bit.",
  servedBy: on("name-server"),
  response: { body: topicList },
});
