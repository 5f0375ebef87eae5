import { bytes } from "../body/bytes.ts";
import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const pushReplyMessageToClient = command({
  code: 326,
  name: "PUSH_REPLY_MESSAGE_TO_CLIENT",
  description: "Hands a client the answer to its request message. Since 4.6.",
  servedBy: on("client", "4.9.7", "5.5.0"),
  request: {
    header: {
      producerGroup: text("producer group"),
      topic: text("topic name"),
      defaultTopic: text("topic whose settings a new topic takes"),
      defaultTopicQueueNums: i32("queues that a new topic gets"),
      queueId: i32("queue"),
      sysFlag: i32("bits: 1 compressed, 16 IPv6 born host, 256 to 768 kind of compression"),
      bornTimestamp: i64("when the message was made, epoch milliseconds"),
      flag: i32("number of the application, kept with the message"),
      properties: optional(text("properties: name, U+0001, value, U+0002, and so on")),
      reconsumeTimes: optional(i32("redeliveries so far")),
      unitMode: optional(bool("whether the client belongs to a unit")),
      bornHost: text("address of the client that answered, host:port"),
      storeHost: text("address of the broker, host:port"),
      storeTimestamp: i64("when the broker got it, epoch milliseconds"),
      ...topicHeader,
    },
    body: bytes,
  },
});
