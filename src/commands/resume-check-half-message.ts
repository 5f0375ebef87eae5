import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const resumeCheckHalfMessage = command({
  code: 323,
  name: "RESUME_CHECK_HALF_MESSAGE",
  description: "Has the transaction of a half message checked again that the broker had given up. Since 4.5.2.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
  request: {
    header: {
      msgId: optional(text("offset message id of the message in TRANS_CHECK_MAX_TIME_TOPIC")),
      topic: optional(text("topic name, since 5.3")),
    },
  },
});
