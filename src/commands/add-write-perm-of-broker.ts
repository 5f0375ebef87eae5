import { i32, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const addWritePermOfBroker = command({
  code: 327,
  name: "ADD_WRITE_PERM_OF_BROKER",
  description: "Gives every topic of a broker name permission 6. Since 4.9.2.",
  servedBy: on("name-server", "4.9.7", "5.5.0"),
  request: { header: { brokerName: text("broker name") } },
  response: { header: { addTopicCount: i32("how many topics got it") } },
});
