import { topicConfigTable } from "../body/topic-config-table.ts";
import { i32, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getAllTopicConfig = command({
  code: 21,
  name: "GET_ALL_TOPIC_CONFIG",
  description: "Every topic of a broker; since 5.4 in pages where it splits its tables and any of the fields is given.",
  servedBy: on("broker"),
  request: {
    header: {
      topicSeq: optional(i32("where the page begins, since 5.4")),
      dataVersion: optional(text("DataVersion of the first page, JSON; another one begins anew, since 5.4")),
      maxTopicNum: optional(i32("how many topics at most, since 5.4")),
    },
  },
  response: {
    header: { totalTopicNum: optional(i32("how many topics there are in all, since 5.4")) },
    body: topicConfigTable,
  },
});
