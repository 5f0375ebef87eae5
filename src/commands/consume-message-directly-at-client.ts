import { directConsumption } from "../body/direct-consumption.ts";
import { storedMessage } from "../body/stored-message.ts";
import { command, on } from "./command.ts";
import { directConsumptionHeader } from "./headers/direct-consumption.ts";

/** What a broker asks a client for when it got {@link consumeMessageDirectly}. */
export const consumeMessageDirectlyAtClient = command({
  code: 309,
  name: "CONSUME_MESSAGE_DIRECTLY",
  description: "Hands a client one message to consume at once.",
  servedBy: on("client"),
  request: { header: directConsumptionHeader, body: storedMessage },
  response: { body: directConsumption },
});
