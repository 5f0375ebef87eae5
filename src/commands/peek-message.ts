import { storedMessages } from "../body/stored-message.ts";
import { i32, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";
import { popMessageReply } from "./headers/pop-message.ts";

export const peekMessage = command({
  code: 200052,
  name: "PEEK_MESSAGE",
  description: "Messages that pop would hand out, left where they are; code 19 when there are none. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      topic: text("topic name"),
      queueId: i32("queue; -1 for any"),
      maxMsgNums: i32("how many messages at most, 1 to 32"),
      consumerGroup: text("consumer group"),
      ...topicHeader,
    },
  },
  response: { header: popMessageReply, body: storedMessages },
});
