import { consumeStatsList } from "../body/consume-stats.ts";
import { bool } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getBrokerConsumeStats = command({
  code: 317,
  name: "GET_BROKER_CONSUME_STATS",
  description: "How far every group of a broker is. Since 4.0.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
  request: { header: { isOrder: bool("whether only groups count that consume in order") } },
  response: { body: consumeStatsList },
});
