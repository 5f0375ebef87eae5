import { subscriptionGroupList } from "../body/subscription-group.ts";
import { command, on } from "./command.ts";

export const updateAndCreateSubscriptionGroupList = command({
  code: 225,
  name: "UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST",
  description: "Creates or changes several consumer groups on one broker. Since 5.3.1.",
  servedBy: on("broker", "5.5.0"),
  request: { body: subscriptionGroupList },
});
