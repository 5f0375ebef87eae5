import { directConsumption } from "../body/direct-consumption.ts";
import { command, on } from "./command.ts";
import { directConsumptionHeader } from "./headers/direct-consumption.ts";

/** What an operator asks a broker for; the client gets {@link consumeMessageDirectlyAtClient}. */
export const consumeMessageDirectly = command({
  code: 309,
  name: "CONSUME_MESSAGE_DIRECTLY",
  description: "Hands one message to one client; code 1 when that isn't connected, 207 when it is silent for 10 s.",
  servedBy: on("broker"),
  request: { header: directConsumptionHeader },
  response: { body: directConsumption },
});
