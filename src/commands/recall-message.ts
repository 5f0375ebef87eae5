import { optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const recallMessage = command({
  code: 370,
  name: "RECALL_MESSAGE",
  description:
    "Takes back a timed message; code 604 when it is too late, 16 unless recallMessageEnable is set. Since 5.3.2.",
  servedBy: { "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      producerGroup: optional(text("producer group")),
      topic: text("topic name"),
      recallHandle: text("handle of the message, from the answer to sending it"),
      ...topicHeader,
    },
  },
  response: {
    header: {
      msgId: text("UNIQ_KEY of the message"),
      region: optional(text("region of the broker", { wire: "MSG_REGION" })),
    },
  },
});
