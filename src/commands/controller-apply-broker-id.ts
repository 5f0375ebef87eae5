import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerApplyBrokerId = command({
  code: 1013,
  name: "CONTROLLER_APPLY_BROKER_ID",
  description: "Gives a new replica the broker id that it applies for, if that is still free. Since 5.1.1.",
  servedBy: on("controller", "5.5.0"),
  request: {
    header: {
      clusterName: optional(text("cluster name")),
      brokerName: optional(text("broker name")),
      appliedBrokerId: optional(i64("broker id")),
      registerCheckCode: optional(text("text by which the replica proves later that the id is its own")),
    },
  },
  response: {
    header: {
      clusterName: optional(text("cluster name")),
      brokerName: optional(text("broker name")),
    },
  },
});
