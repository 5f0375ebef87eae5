import { bytes } from "../body/bytes.ts";
import { command } from "./command.ts";
import { sendMessageHeaderV2, sendMessageReply, storedAllTheSame } from "./headers/send-message.ts";

export const sendMessageV2 = command({
  code: 310,
  name: "SEND_MESSAGE_V2",
  description: "SEND_MESSAGE with letters for the names of its fields: the form that clients use.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: sendMessageHeaderV2, body: bytes },
  response: { header: sendMessageReply },
  alsoDone: storedAllTheSame,
});
