import { storedMessages } from "../body/stored-message.ts";
import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const queryMessage = command({
  code: 12,
  name: "QUERY_MESSAGE",
  description: "Messages of a topic that have a key and were stored within a time; code 22 when there are none.",
  servedBy: on("broker"),
  request: {
    header: {
      topic: text("topic name"),
      key: text("key of the message"),
      maxNum: i32("how many messages at most"),
      beginTimestamp: i64("beginning of the time, epoch milliseconds"),
      endTimestamp: i64("end of the time, epoch milliseconds"),
      indexType: optional(text("what key is: K key, U UNIQ_KEY, T tag, since 5.4")),
      lastKey: optional(text("where the last page ended, since 5.4")),
      uniqueKeyQuery: optional(
        bool("whether key is a UNIQ_KEY; maxNum is then the broker's own, since 4.0", { wire: "_UNIQUE_KEY_QUERY" }),
      ),
      ...topicHeader,
    },
  },
  response: {
    header: {
      indexLastUpdateTimestamp: i64("when the index last grew, epoch milliseconds"),
      indexLastUpdatePhyoffset: i64("up to where in the commit log it goes, bytes"),
    },
    body: storedMessages,
  },
});
