import { consumerList } from "../body/group-lists.ts";
import { text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const getConsumerListByGroup = command({
  code: 38,
  name: "GET_CONSUMER_LIST_BY_GROUP",
  description: "Clients of a consumer group that are connected to a broker; code 1 when there are none.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: { consumerGroup: text("consumer group"), ...rpcHeader } },
  response: { body: consumerList },
});
