import { propertiesText } from "../body/properties.ts";
import { command, on } from "./command.ts";

export const getNamesrvConfig = command({
  code: 319,
  name: "GET_NAMESRV_CONFIG",
  description: "The properties of a name server. Since 4.0.",
  servedBy: on("name-server", "4.9.7", "5.5.0"),
  response: { body: propertiesText },
});
