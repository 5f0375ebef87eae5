import { clusterInfo } from "../body/cluster-info.ts";
import { command, on } from "./command.ts";

export const getBrokerClusterInfo = command({
  code: 106,
  name: "GET_BROKER_CLUSTER_INFO",
  description: "Every cluster with its brokers, every broker with its addresses.",
  servedBy: on("name-server"),
  response: { body: clusterInfo },
});
