import { bool, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const cleanBrokerData = command({
  code: 1011,
  name: "CLEAN_BROKER_DATA",
  description: "Has controllers forget replicas of a broker name. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: {
    header: {
      clusterName: optional(text("cluster name")),
      brokerName: text("broker name"),
      brokerControllerIdsToClean: optional(
        text("broker ids to forget, joined by semicolons; all when left out, since 5.1.1"),
      ),
      isCleanLivingBroker: optional(bool("whether living ones may be forgotten")),
      invokeTime: optional(i64("when it was asked, epoch milliseconds, since 5.2")),
    },
  },
});
