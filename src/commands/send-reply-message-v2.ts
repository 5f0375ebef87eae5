import { bytes } from "../body/bytes.ts";
import { command, on } from "./command.ts";
import { sendMessageHeaderV2, sendMessageReply } from "./headers/send-message.ts";

export const sendReplyMessageV2 = command({
  code: 325,
  name: "SEND_REPLY_MESSAGE_V2",
  description: "SEND_REPLY_MESSAGE with letters for the names of its fields: the form that clients use. Since 4.6.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
  request: { header: sendMessageHeaderV2, body: bytes },
  response: { header: sendMessageReply },
});
