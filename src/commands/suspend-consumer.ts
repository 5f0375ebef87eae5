import { command, nowhere } from "./command.ts";

export const suspendConsumer = command({
  code: 209,
  name: "SUSPEND_CONSUMER",
  description: "No server of any generation answers it.",
  servedBy: nowhere,
});
