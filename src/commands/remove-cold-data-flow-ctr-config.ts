import { plainText } from "../body/plain-text.ts";
import { command, on } from "./command.ts";

export const removeColdDataFlowCtrConfig = command({
  code: 2002,
  name: "REMOVE_COLD_DATA_FLOW_CTR_CONFIG",
  description:
    "Takes back what UPDATE_COLD_DATA_FLOW_CTR_CONFIG set for one group, whose name is the body. Since 5.1.2.",
  servedBy: on("broker", "5.5.0"),
  request: { body: plainText },
});
