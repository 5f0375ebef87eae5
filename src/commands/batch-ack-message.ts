import { popAcks } from "../body/batch-ack.ts";
import { command, on } from "./command.ts";
import { withoutLeases } from "./headers/lease.ts";

export const batchAckMessage = command({
  code: 200151,
  name: "BATCH_ACK_MESSAGE",
  description: "Acknowledges many popped messages at once; code 208 for an empty list. Since 5.1.3.",
  servedBy: on("broker", "5.5.0"),
  instead: withoutLeases,
  request: { body: popAcks },
});
