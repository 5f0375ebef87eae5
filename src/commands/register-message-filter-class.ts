import { plainText } from "../body/plain-text.ts";
import { i32, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const registerMessageFilterClass = command({
  code: 302,
  name: "REGISTER_MESSAGE_FILTER_CLASS",
  description: "Gives a filter server the Java source of a consumer's filter, which it compiles; code 1 when it can't.",
  servedBy: on("filter-server", "3.2.6"),
  request: {
    header: {
      consumerGroup: text("consumer group"),
      topic: text("topic name"),
      className: text("class that implements MessageFilter"),
      classCRC: i32("number of this source: another one replaces what was compiled, 0 never does"),
    },
    body: plainText,
  },
});
