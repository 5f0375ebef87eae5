import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const exchangeBrokerHaInfo = command({
  code: 906,
  name: "EXCHANGE_BROKER_HA_INFO",
  description: "Asks a master where its slaves replicate from; with masterHaAddress it tells a slave. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      masterHaAddress: optional(text("address for replication, host:port")),
      masterFlushOffset: optional(i64("how far the master is on disk, bytes")),
      masterAddress: optional(text("address of the master, host:port")),
    },
  },
  response: {
    header: {
      masterHaAddress: optional(text("address for replication, host:port")),
      masterFlushOffset: optional(i64("how far the master was on disk when it started, bytes")),
      masterAddress: optional(text("address of the master, host:port")),
    },
  },
});
