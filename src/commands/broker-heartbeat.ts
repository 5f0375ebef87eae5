import { i32, i64, optional, text } from "../schema/fields.ts";
import { command } from "./command.ts";

export const brokerHeartbeat = command({
  code: 904,
  name: "BROKER_HEARTBEAT",
  description: "Refreshes a registration between two registrations; code 0 for an unknown broker too. Since 5.0.",
  servedBy: { "5.5.0": ["name-server", "controller"] },
  request: {
    header: {
      clusterName: text("cluster name"),
      brokerAddr: text("address of the broker, host:port"),
      brokerName: text("broker name"),
      brokerId: optional(i64("0 is the master, since 5.1")),
      epoch: optional(i32("epoch of the replica")),
      maxOffset: optional(i64("highest offset of the replica")),
      confirmOffset: optional(i64("confirmed offset of the replica")),
      heartbeatTimeoutMills: optional(
        i64("how long the registration lives without a refresh, milliseconds, since 5.1"),
      ),
      electionPriority: optional(i32("lower is preferred as master, since 5.1")),
    },
  },
});
