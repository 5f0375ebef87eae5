import { propertiesText } from "../body/properties.ts";
import { command, on } from "./command.ts";

export const updateColdDataFlowCtrConfig = command({
  code: 2001,
  name: "UPDATE_COLD_DATA_FLOW_CTR_CONFIG",
  description: "Sets how many bytes of old messages groups may read in a round: group=bytes. Since 5.1.2.",
  servedBy: on("broker", "5.5.0"),
  request: { body: propertiesText },
});
