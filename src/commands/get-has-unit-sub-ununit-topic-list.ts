import { topicList } from "../body/topic-list.ts";
import { command, on } from "./command.ts";

export const getHasUnitSubUnunitTopicList = command({
  code: 313,
  name: "GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST",
  description: "Topics with the unit subscription bit and without the unit bit.",
  servedBy: on("name-server"),
  response: { body: topicList },
});
