import { election } from "../body/replicas.ts";
import { bool, i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerElectMaster = command({
  code: 1002,
  name: "CONTROLLER_ELECT_MASTER",
  description: "Elects a master among the replicas of a broker name. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: {
    header: {
      clusterName: text("cluster name"),
      brokerName: text("broker name"),
      brokerId: i64("replica that asks or is designated; -1 for none, since 5.1.1"),
      designateElect: bool("whether that one must become master, since 5.1.1"),
      invokeTime: optional(i64("when it was asked, epoch milliseconds, since 5.2")),
    },
  },
  response: {
    header: {
      masterBrokerId: optional(i64("broker id of the master, since 5.1.1")),
      masterAddress: optional(text("address of the master, host:port, since 5.1.1")),
      masterEpoch: optional(i32("how many masters there were")),
      syncStateSetEpoch: optional(i32("version of the set of replicas in sync")),
    },
    body: election,
  },
});
