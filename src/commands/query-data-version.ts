import { dataVersion } from "../body/topic-config.ts";
import { bool, i64, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const queryDataVersion = command({
  code: 322,
  name: "QUERY_DATA_VERSION",
  description:
    "Whether a broker's DataVersion differs from what the name server holds. Refreshes the broker too. Since 4.3.",
  servedBy: on("name-server", "4.9.7", "5.5.0"),
  versioned: true,
  request: {
    header: {
      brokerName: text("broker name"),
      brokerAddr: text("address of the broker, host:port"),
      clusterName: text("cluster name"),
      brokerId: i64("0 is the master"),
    },
    body: dataVersion,
  },
  response: { header: { changed: bool("whether it differs") }, body: dataVersion },
});
