import { haStatus } from "../body/ha-status.ts";
import { command, on } from "./command.ts";

export const getBrokerHaStatus = command({
  code: 907,
  name: "GET_BROKER_HA_STATUS",
  description: "How replication goes, seen from one broker. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  response: { body: haStatus },
});
