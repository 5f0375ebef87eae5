import { bool, i32, optional, text } from "../../schema/fields.ts";
import { topicHeader } from "./inherited.ts";

/** CreateTopicRequestHeader. */
export const createTopicHeader = {
  topic: text("topic name"),
  defaultTopic: text("not read; clients send TBW102"),
  readQueueNums: i32("queues to read from"),
  writeQueueNums: i32("queues to write to"),
  perm: i32("bits: 4 read, 2 write, 1 inherit"),
  topicFilterType: text("how tags are matched: SINGLE_TAG or MULTI_TAG"),
  topicSysFlag: optional(i32("bits: 1 unit, 2 unit subscription")),
  order: bool("whether an order configuration applies"),
  attributes: optional(text("changes joined by commas: +name=value sets, -name deletes, since 5.0")),
  force: optional(bool("whether a static topic may be mapped anew against its epoch, since 5.0")),
  ...topicHeader,
};
