import { bytes } from "../body/bytes.ts";
import { command } from "./command.ts";
import { sendMessageHeader, sendMessageReply, storedAllTheSame } from "./headers/send-message.ts";

export const sendMessage = command({
  code: 10,
  name: "SEND_MESSAGE",
  description:
    "Stores a message. A topic that isn't there is made after defaultTopic, if the broker may; code 17 if not.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: sendMessageHeader, body: bytes },
  response: { header: sendMessageReply },
  alsoDone: storedAllTheSame,
});
