import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const notifyUnsubscribeLite = command({
  code: 200073,
  name: "NOTIFY_UNSUBSCRIBE_LITE",
  description: "Tells a client that it no longer has a lite topic. Since 5.5.",
  servedBy: on("client", "5.5.0"),
  oneWay: true,
  request: {
    header: {
      liteTopic: text("lite topic"),
      consumerGroup: text("consumer group"),
      clientId: text("client"),
      ...rpcHeader,
    },
  },
});
