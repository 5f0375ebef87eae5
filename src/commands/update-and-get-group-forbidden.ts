import { groupForbidden } from "../body/group-forbidden.ts";
import { bool, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const updateAndGetGroupForbidden = command({
  code: 353,
  name: "UPDATE_AND_GET_GROUP_FORBIDDEN",
  description: "Whether a group may read a topic; sets that first where readable is given. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      group: text("consumer group"),
      topic: text("topic name"),
      readable: optional(bool("whether the group may read the topic")),
      ...topicHeader,
    },
  },
  response: { body: groupForbidden },
});
