import { i32, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const wipeWritePermOfBroker = command({
  code: 205,
  name: "WIPE_WRITE_PERM_OF_BROKER",
  description: "Takes the write permission from every topic of a broker name.",
  servedBy: on("name-server"),
  request: { header: { brokerName: text("broker name") } },
  response: { header: { wipeTopicCount: i32("how many topics lost it") } },
});
