import { i64, text } from "../schema/fields.ts";
import { command, nowhere } from "./command.ts";

export const removeBroker = command({
  code: 903,
  name: "REMOVE_BROKER",
  description: "Stops a broker of a broker container; brokers and name servers don't answer it. Since 5.0.",
  servedBy: nowhere,
  request: {
    header: {
      brokerName: text("broker name"),
      brokerClusterName: text("cluster name"),
      brokerId: i64("0 is the master"),
    },
  },
});
