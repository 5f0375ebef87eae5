import { command, nowhere } from "./command.ts";

export const queryBrokerOffset = command({
  code: 13,
  name: "QUERY_BROKER_OFFSET",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
  instead: "GET /topics/{topic}/queues and GET /topics/{topic}/stats tell the offsets of every queue.",
});
