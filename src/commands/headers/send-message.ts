import { bool, type Fields, i32, i64, optional, text } from "../../schema/fields.ts";
import { topicHeader } from "./inherited.ts";

const message = {
  producerGroup: text("producer group"),
  topic: text("topic name"),
  defaultTopic: text("topic whose settings a new topic takes, such as TBW102"),
  defaultTopicQueueNums: i32("queues that a new topic gets"),
  queueId: i32("queue; below 0 the broker chooses"),
  sysFlag: i32("bits: 1 compressed, 4 half message, 16 IPv6 born host, 256 to 768 kind of compression"),
  bornTimestamp: i64("when the message was made, epoch milliseconds"),
  flag: i32("number of the application, kept with the message"),
  properties: optional(text("properties: name, U+0001, value, U+0002, and so on")),
  reconsumeTimes: optional(i32("redeliveries so far")),
  unitMode: optional(bool("whether the client belongs to a unit")),
  maxReconsumeTimes: optional(i32("redeliveries before a message is dead, since 4.0")),
  batch: optional(bool("whether the body is a batch, since 4.1")),
};

/** SendMessageRequestHeader. */
export const sendMessageHeader = { ...message, ...topicHeader };

/** SendMessageRequestHeaderV2: the same fields by letters. */
export const sendMessageHeaderV2 = {
  ...lettered({ ...message, brokerName: optional(text("name of the broker that is meant, since 4.9.5")) }, [
    ["producerGroup", "a"],
    ["topic", "b"],
    ["defaultTopic", "c"],
    ["defaultTopicQueueNums", "d"],
    ["queueId", "e"],
    ["sysFlag", "f"],
    ["bornTimestamp", "g"],
    ["flag", "h"],
    ["properties", "i"],
    ["reconsumeTimes", "j"],
    ["unitMode", "k"],
    ["maxReconsumeTimes", "l"],
    ["batch", "m"],
    ["brokerName", "n"],
  ]),
  ...topicHeader,
};

function lettered<F extends Fields>(
  fields: F,
  letters: readonly (readonly [name: keyof F & string, wire: string])[],
): F {
  return { ...fields, ...Object.fromEntries(letters.map(([name, wire]) => [name, { ...fields[name], wire }])) };
}

/** SendMessageResponseHeader, and what brokers add to it. */
export const sendMessageReply = {
  msgId: text("offset message id: the broker's address and the place in its commit log, hexadecimal"),
  queueId: i32("queue that has the message"),
  queueOffset: i64("offset of the message there; of the first one of a batch"),
  transactionId: optional(text("UNIQ_KEY of the message, since 5.0")),
  batchUniqId: optional(text("UNIQ_KEY of a batch, since 5.0")),
  recallHandle: optional(text("handle by which a timed message can be taken back, since 5.3.2")),
  region: optional(text("region of the broker, since 4.0", { wire: "MSG_REGION" })),
  traceOn: optional(bool("whether the broker wants traces, since 4.0", { wire: "TRACE_ON" })),
};

/** FLUSH_DISK_TIMEOUT, SLAVE_NOT_AVAILABLE, FLUSH_SLAVE_TIMEOUT: the message is stored, if less safely than it should be. */
export const storedAllTheSame = [10, 11, 12];
