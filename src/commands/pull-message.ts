import { storedMessages } from "../body/stored-message.ts";
import { command } from "./command.ts";
import { pullMessageHeader, pullMessageReply } from "./headers/pull-message.ts";

export const pullMessage = command({
  code: 11,
  name: "PULL_MESSAGE",
  description:
    "Messages of a queue from an offset on; code 19 or 20 when none came, 21 when the offset is out of range.",
  servedBy: { "3.2.6": ["broker", "filter-server"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: pullMessageHeader },
  response: { header: pullMessageReply, body: storedMessages },
});
