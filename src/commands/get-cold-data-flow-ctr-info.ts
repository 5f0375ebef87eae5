import { coldDataFlow } from "../body/cold-data.ts";
import { command, on } from "./command.ts";

export const getColdDataFlowCtrInfo = command({
  code: 2003,
  name: "GET_COLD_DATA_FLOW_CTR_INFO",
  description: "Who reads old messages from disk, and how much each may. Since 5.1.2.",
  servedBy: on("broker", "5.5.0"),
  response: { body: coldDataFlow },
});
