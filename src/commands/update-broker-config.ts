import { propertiesText } from "../body/properties.ts";
import { command, on } from "./command.ts";

export const updateBrokerConfig = command({
  code: 25,
  name: "UPDATE_BROKER_CONFIG",
  description:
    "Changes properties of a running broker, ignoring unknown keys; since 5.0 code 16 for those that it protects.",
  servedBy: on("broker"),
  request: { body: propertiesText },
});
