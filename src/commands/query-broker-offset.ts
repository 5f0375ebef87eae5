import { command, nowhere } from "./command.ts";

export const queryBrokerOffset = command({
  code: 13,
  name: "QUERY_BROKER_OFFSET",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
