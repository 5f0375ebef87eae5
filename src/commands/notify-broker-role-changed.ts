import { syncStateSet } from "../body/replicas.ts";
import { i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const notifyBrokerRoleChanged = command({
  code: 1008,
  name: "NOTIFY_BROKER_ROLE_CHANGED",
  description: "Tells a broker which replica is the master now. Controllers send it one-way. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      masterAddress: optional(text("address of the master, host:port")),
      masterEpoch: optional(i32("how many masters there were")),
      syncStateSetEpoch: optional(i32("version of the set of replicas in sync")),
      masterBrokerId: optional(i64("broker id of the master, since 5.1.1")),
    },
    body: syncStateSet,
  },
});
