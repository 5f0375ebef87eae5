import { command, nowhere } from "./command.ts";

export const resetConsumerOffsetInConsumer = command({
  code: 211,
  name: "RESET_CONSUMER_OFFSET_IN_CONSUMER",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
