import { i64, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const registerFilterServer = command({
  code: 301,
  name: "REGISTER_FILTER_SERVER",
  description:
    "Registers a filter server with a broker, on the connection that it came over; it repeats that every 10 s.",
  servedBy: on("broker", "3.2.6"),
  instead: "Newer brokers filter messages by SQL92 expressions of a subscription themselves.",
  request: { header: { filterServerAddr: text("address of the filter server, host:port") } },
  response: {
    header: {
      brokerName: text("broker name"),
      brokerId: i64("0 is the master"),
    },
  },
});
