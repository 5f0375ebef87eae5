import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const triggerLiteDispatch = command({
  code: 200079,
  name: "TRIGGER_LITE_DISPATCH",
  description: "Has a broker deliver lite messages to waiting clients now. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      group: text("consumer group"),
      clientId: optional(text("only this client")),
    },
  },
});
