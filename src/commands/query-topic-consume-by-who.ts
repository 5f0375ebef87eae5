import { groupList } from "../body/group-lists.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const queryTopicConsumeByWho = command({
  code: 300,
  name: "QUERY_TOPIC_CONSUME_BY_WHO",
  description: "Groups that have offsets in a topic or consume it now.",
  servedBy: on("broker"),
  request: { header: { topic: text("topic name"), ...topicHeader } },
  response: { body: groupList },
});
