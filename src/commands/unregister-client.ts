import { optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const unregisterClient = command({
  code: 35,
  name: "UNREGISTER_CLIENT",
  description: "Takes a client out of its groups at once, not only when it falls silent.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: {
    header: {
      clientID: text("client"),
      producerGroup: optional(text("producer group that it leaves")),
      consumerGroup: optional(text("consumer group that it leaves")),
      ...rpcHeader,
    },
  },
});
