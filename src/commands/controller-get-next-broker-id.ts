import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerGetNextBrokerId = command({
  code: 1012,
  name: "CONTROLLER_GET_NEXT_BROKER_ID",
  description: "Broker id that a new replica may apply for. Since 5.1.1.",
  servedBy: on("controller", "5.5.0"),
  request: {
    header: {
      clusterName: optional(text("cluster name")),
      brokerName: optional(text("broker name")),
    },
  },
  response: {
    header: {
      clusterName: optional(text("cluster name")),
      brokerName: optional(text("broker name")),
      nextBrokerId: optional(i64("broker id")),
    },
  },
});
