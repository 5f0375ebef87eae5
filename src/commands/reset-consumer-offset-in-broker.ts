import { command, nowhere } from "./command.ts";

export const resetConsumerOffsetInBroker = command({
  code: 212,
  name: "RESET_CONSUMER_OFFSET_IN_BROKER",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
