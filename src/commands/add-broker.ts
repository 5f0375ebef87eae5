import { optional, text } from "../schema/fields.ts";
import { command, nowhere } from "./command.ts";

export const addBroker = command({
  code: 902,
  name: "ADD_BROKER",
  description: "Starts a broker in a broker container; brokers and name servers don't answer it. Since 5.0.",
  servedBy: nowhere,
  request: { header: { configPath: optional(text("configuration file of the broker, on the container's disk")) } },
});
