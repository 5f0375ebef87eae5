import { propertiesText } from "../body/properties.ts";
import { command, on } from "./command.ts";

export const getControllerConfig = command({
  code: 1010,
  name: "GET_CONTROLLER_CONFIG",
  description: "The properties of a controller. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  response: { body: propertiesText },
});
