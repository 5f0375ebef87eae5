import { bool, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const deleteSubscriptionGroup = command({
  code: 207,
  name: "DELETE_SUBSCRIPTIONGROUP",
  description: "Deletes a consumer group from one broker; one that isn't there is deleted too.",
  servedBy: on("broker"),
  request: {
    header: {
      groupName: text("consumer group"),
      removeOffset: optional(bool("whether its offsets are deleted too, in 4.9 only")),
      cleanOffset: optional(bool("whether its offsets are deleted too, since 5.0")),
      ...rpcHeader,
    },
  },
});
