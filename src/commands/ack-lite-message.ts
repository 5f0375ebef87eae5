import { command, nowhere } from "./command.ts";

export const ackLiteMessage = command({
  code: 200072,
  name: "ACK_LITE_MESSAGE",
  description: "No server answers it; lite messages are acknowledged with ACK_MESSAGE. Since 5.5.",
  servedBy: nowhere,
});
