import { propertiesText } from "../body/properties.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getBrokerConfig = command({
  code: 26,
  name: "GET_BROKER_CONFIG",
  description: "The properties of a broker.",
  servedBy: on("broker"),
  response: { header: { version: text("DataVersion of the properties, JSON") }, body: propertiesText },
});
