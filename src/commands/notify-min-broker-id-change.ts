import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const notifyMinBrokerIdChange = command({
  code: 905,
  name: "NOTIFY_MIN_BROKER_ID_CHANGE",
  description:
    "Tells a broker which replica has the lowest id and may act as master. Name servers send it one-way. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      minBrokerId: optional(i64("lowest broker id")),
      brokerName: optional(text("broker name")),
      minBrokerAddr: optional(text("address of that replica, host:port")),
      offlineBrokerAddr: optional(text("address of the replica that left, host:port")),
      haBrokerAddr: optional(text("address for replication, host:port")),
    },
  },
});
