import { storedMessages } from "../body/stored-message.ts";
import { command } from "./command.ts";
import { pullMessageHeader, pullMessageReply } from "./headers/pull-message.ts";

export const litePullMessage = command({
  code: 361,
  name: "LITE_PULL_MESSAGE",
  description:
    "PULL_MESSAGE of consumers that pull by themselves, which a broker works off apart from the others. Since 5.0.",
  servedBy: { "5.5.0": ["broker", "proxy"] },
  request: { header: pullMessageHeader },
  response: { header: pullMessageReply, body: storedMessages },
});
