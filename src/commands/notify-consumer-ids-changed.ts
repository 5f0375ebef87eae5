import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const notifyConsumerIdsChanged = command({
  code: 40,
  name: "NOTIFY_CONSUMER_IDS_CHANGED",
  description: "Tells a client that members of its consumer group came, left or subscribed otherwise.",
  servedBy: on("client"),
  oneWay: true,
  request: { header: { consumerGroup: text("consumer group"), ...rpcHeader } },
});
