import { brokerNames, brokerReplicas } from "../body/replicas.ts";
import { command, on } from "./command.ts";

export const controllerGetSyncStateData = command({
  code: 1006,
  name: "CONTROLLER_GET_SYNC_STATE_DATA",
  description: "Replicas of some broker names, in sync or not. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: { body: brokerNames },
  response: { body: brokerReplicas },
});
