import { bytes } from "../body/bytes.ts";
import { command, on } from "./command.ts";
import { sendMessageHeader, sendMessageReply } from "./headers/send-message.ts";

export const sendReplyMessage = command({
  code: 324,
  name: "SEND_REPLY_MESSAGE",
  description: "Answers a request message; the broker pushes it to the client that asked. Since 4.6.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
  request: { header: sendMessageHeader, body: bytes },
  response: { header: sendMessageReply },
});
