import type { Message } from "../../src/body/message.ts";

/** A message as a broker stores it: its seventh of topic t. */
export function message(more: Partial<Message> = {}): Message {
  const host = "10.1.0.1:10911";
  const numbers = { queueId: 0, queueOffset: 7, commitLogOffset: 4_711, storeSize: 0, flag: 0, sysFlag: 0, bodyCRC: 0 };
  const times = { bornTimestamp: 1, storeTimestamp: 2, reconsumeTimes: 0, preparedTransactionOffset: 0 };
  const names = { topic: "t", msgId: "U7", offsetMsgId: "0A01000100002A9F0000000000001267" };
  const properties = { UNIQ_KEY: "U7" };
  return { ...names, body: "hello", properties, ...numbers, ...times, bornHost: host, storeHost: host, ...more };
}
