import { optional, text } from "../../schema/fields.ts";
import { topicHeader } from "./inherited.ts";

/** GetConsumerStatusRequestHeader. */
export const consumerStatusHeader = {
  topic: text("topic name"),
  group: text("consumer group"),
  clientAddr: optional(text("only the client of this id")),
  ...topicHeader,
};
