import { resetOffsets } from "../body/queue-offsets.ts";
import { command, on } from "./command.ts";
import { resetOffsetHeader } from "./headers/reset-offset.ts";

export const invokeBrokerToResetOffset = command({
  code: 222,
  name: "INVOKE_BROKER_TO_RESET_OFFSET",
  description: "Resets the offsets of a group in a topic. Before 5.0 the clients do that, so one must be connected.",
  servedBy: on("broker"),
  request: { header: resetOffsetHeader },
  response: { body: resetOffsets },
});
