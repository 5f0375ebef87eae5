import { propertiesText } from "../body/properties.ts";
import { command, on } from "./command.ts";

export const updateControllerConfig = command({
  code: 1009,
  name: "UPDATE_CONTROLLER_CONFIG",
  description: "Changes properties of a controller; code 16 for the keys that it protects. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: { body: propertiesText },
});
