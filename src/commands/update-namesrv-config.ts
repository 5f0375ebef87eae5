import { propertiesText } from "../body/properties.ts";
import { command, on } from "./command.ts";

export const updateNamesrvConfig = command({
  code: 318,
  name: "UPDATE_NAMESRV_CONFIG",
  description: "Changes properties of a name server; code 16 for the keys that it protects. Since 4.0.",
  servedBy: on("name-server", "4.9.7", "5.5.0"),
  request: { body: propertiesText },
});
