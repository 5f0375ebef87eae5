import { i32, optional, text } from "../../schema/fields.ts";
import { topicHeader } from "./inherited.ts";

/** ConsumeMessageDirectlyResultRequestHeader. A broker fills in brokerName and the flags before it asks the client. */
export const directConsumptionHeader = {
  consumerGroup: text("consumer group"),
  clientId: optional(text("client")),
  msgId: optional(text("offset message id of the message; a UNIQ_KEY is no such id")),
  brokerName: optional(text("broker that has the message")),
  topic: optional(text("topic name, since 5.0")),
  topicSysFlag: optional(i32("bits: 1 unit, 2 unit subscription, since 5.0")),
  groupSysFlag: optional(i32("bits: 1 unit, since 5.0")),
  ...topicHeader,
};
