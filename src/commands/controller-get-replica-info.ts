import { syncStateSet } from "../body/replicas.ts";
import { i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerGetReplicaInfo = command({
  code: 1004,
  name: "CONTROLLER_GET_REPLICA_INFO",
  description: "Master and replicas in sync of a broker name. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: { header: { brokerName: optional(text("broker name")) } },
  response: {
    header: {
      masterBrokerId: optional(i64("broker id of the master, since 5.1.1")),
      masterAddress: optional(text("address of the master, host:port")),
      masterEpoch: optional(i32("how many masters there were")),
    },
    body: syncStateSet,
  },
});
