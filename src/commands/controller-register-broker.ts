import { syncStateSet } from "../body/replicas.ts";
import { i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerRegisterBroker = command({
  code: 1003,
  name: "CONTROLLER_REGISTER_BROKER",
  description: "Registers a replica and tells it who the master is; brokers send it when they start. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: {
    header: {
      clusterName: optional(text("cluster name")),
      brokerName: optional(text("broker name")),
      brokerId: optional(i64("broker id that the controller gave, since 5.1.1")),
      brokerAddress: optional(text("address of the replica, host:port")),
      invokeTime: optional(i64("when it was asked, epoch milliseconds, since 5.2")),
    },
  },
  response: {
    header: {
      clusterName: optional(text("cluster name, since 5.1.1")),
      brokerName: optional(text("broker name, since 5.1.1")),
      masterBrokerId: optional(i64("broker id of the master, since 5.1.1")),
      masterAddress: optional(text("address of the master, host:port")),
      masterEpoch: optional(i32("how many masters there were")),
      syncStateSetEpoch: optional(i32("version of the set of replicas in sync")),
    },
    body: syncStateSet,
  },
});
