import { topicConfigList } from "../body/topic-config-table.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const updateAndCreateTopicList = command({
  code: 18,
  name: "UPDATE_AND_CREATE_TOPIC_LIST",
  description: "Creates or changes several topics on one broker; where one is refused, none is touched. Since 5.3.",
  servedBy: on("broker", "5.5.0"),
  request: { header: rpcHeader, body: topicConfigList },
});
