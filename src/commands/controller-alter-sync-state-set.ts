import { syncStateSet } from "../body/replicas.ts";
import { i32, i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const controllerAlterSyncStateSet = command({
  code: 1001,
  name: "CONTROLLER_ALTER_SYNC_STATE_SET",
  description: "Changes which replicas are in sync; masters send it. Since 5.0.",
  servedBy: on("controller", "5.5.0"),
  request: {
    header: {
      brokerName: optional(text("broker name")),
      masterBrokerId: optional(i64("broker id of the master, since 5.1.1")),
      masterEpoch: optional(i32("how many masters there were")),
      invokeTime: optional(i64("when it was asked, epoch milliseconds, since 5.2")),
    },
    body: syncStateSet,
  },
  response: { header: { newSyncStateSetEpoch: optional(i32("version of the new set")) }, body: syncStateSet },
});
