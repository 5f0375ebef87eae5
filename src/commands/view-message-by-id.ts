import { storedMessage } from "../body/stored-message.ts";
import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const viewMessageById = command({
  code: 33,
  name: "VIEW_MESSAGE_BY_ID",
  description: "One message by its place in the commit log; code 1 when none begins there.",
  servedBy: on("broker"),
  request: {
    header: {
      offset: i64("where the record begins, bytes: the second half of an offset message id"),
      topic: optional(text("topic name, since 5.3")),
    },
  },
  response: { body: storedMessage },
});
