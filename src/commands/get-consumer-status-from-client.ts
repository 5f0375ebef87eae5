import { consumerStatus } from "../body/queue-offsets.ts";
import { command, on } from "./command.ts";
import { consumerStatusHeader } from "./headers/consumer-status.ts";

export const getConsumerStatusFromClient = command({
  code: 221,
  name: "GET_CONSUMER_STATUS_FROM_CLIENT",
  description: "Asks a client for its offsets in a topic.",
  servedBy: on("client"),
  request: { header: consumerStatusHeader },
  response: { body: consumerStatus },
});
