import { consumerConnection } from "../body/consumer-connection.ts";
import { text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const getConsumerConnectionList = command({
  code: 203,
  name: "GET_CONSUMER_CONNECTION_LIST",
  description: "Clients and subscriptions of a consumer group; code 206 when none is connected.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: { consumerGroup: text("consumer group"), ...rpcHeader } },
  response: { body: consumerConnection },
});
