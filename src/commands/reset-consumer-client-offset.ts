import { resetOffsets } from "../body/queue-offsets.ts";
import { command, on } from "./command.ts";
import { resetOffsetHeader } from "./headers/reset-offset.ts";

export const resetConsumerClientOffset = command({
  code: 220,
  name: "RESET_CONSUMER_CLIENT_OFFSET",
  description: "Tells a client to go on from other offsets.",
  servedBy: on("client"),
  oneWay: true,
  request: { header: resetOffsetHeader, body: resetOffsets },
});
