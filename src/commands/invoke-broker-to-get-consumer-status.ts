import { consumerStatus } from "../body/queue-offsets.ts";
import { command, on } from "./command.ts";
import { consumerStatusHeader } from "./headers/consumer-status.ts";

export const invokeBrokerToGetConsumerStatus = command({
  code: 223,
  name: "INVOKE_BROKER_TO_GET_CONSUMER_STATUS",
  description: "Offsets of the clients of a group in a topic, which the broker asks them for.",
  servedBy: on("broker"),
  request: { header: consumerStatusHeader },
  response: { body: consumerStatus },
});
