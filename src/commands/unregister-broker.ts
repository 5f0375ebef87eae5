import { i64, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const unregisterBroker = command({
  code: 104,
  name: "UNREGISTER_BROKER",
  description: "Removes a broker: by its id on 3.2.6, by its address within the broker name on 5.5.0.",
  servedBy: on("name-server"),
  request: {
    header: {
      brokerName: text("broker name"),
      brokerAddr: text("address of the broker, host:port"),
      clusterName: text("cluster name"),
      brokerId: i64("0 is the master"),
    },
  },
});
