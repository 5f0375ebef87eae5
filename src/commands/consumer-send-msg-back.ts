import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const consumerSendMsgBack = command({
  code: 36,
  name: "CONSUMER_SEND_MSG_BACK",
  description: "Gives a consumed message back to be delivered again later, or to the dead letters of the group.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      offset: i64("where the record is in the commit log, bytes"),
      group: text("consumer group"),
      delayLevel: i32("1 to 18; 0 lets the broker choose; below 0 for the dead letters"),
      originMsgId: optional(text("UNIQ_KEY of the message")),
      originTopic: optional(text("topic that the message was sent to")),
      unitMode: optional(bool("whether the client belongs to a unit")),
      maxReconsumeTimes: optional(i32("redeliveries before the message is dead, since 4.0")),
      ...rpcHeader,
    },
  },
});
