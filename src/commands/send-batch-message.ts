import { batchedMessages } from "../body/batched-messages.ts";
import { command } from "./command.ts";
import { sendMessageHeaderV2, sendMessageReply, storedAllTheSame } from "./headers/send-message.ts";

export const sendBatchMessage = command({
  code: 320,
  name: "SEND_BATCH_MESSAGE",
  description: "Stores several messages of one topic at once; msgId has one id for each, joined by commas. Since 4.1.",
  servedBy: { "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: sendMessageHeaderV2, body: batchedMessages },
  response: { header: sendMessageReply },
  alsoDone: storedAllTheSame,
});
