import { consumerRunningInfo } from "../body/consumer-running-info.ts";
import { bool, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const getConsumerRunningInfo = command({
  code: 307,
  name: "GET_CONSUMER_RUNNING_INFO",
  description: "What a consumer says of itself; code 1 when it isn't connected, 207 when it is silent for 10 s.",
  servedBy: { "3.2.6": ["broker", "client"], "4.9.7": ["broker", "client"], "5.5.0": ["broker", "client"] },
  request: {
    header: {
      consumerGroup: text("consumer group"),
      clientId: text("client"),
      jstackEnable: optional(bool("whether the stacks of its threads are wanted")),
      ...rpcHeader,
    },
  },
  response: { body: consumerRunningInfo },
});
