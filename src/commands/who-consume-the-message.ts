import { command, nowhere } from "./command.ts";

export const whoConsumeTheMessage = command({
  code: 214,
  name: "WHO_CONSUME_THE_MESSAGE",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
