import { subscriptionGroupConfig } from "../body/subscription-group.ts";
import { command, on } from "./command.ts";

export const updateAndCreateSubscriptionGroup = command({
  code: 200,
  name: "UPDATE_AND_CREATE_SUBSCRIPTIONGROUP",
  description:
    "Creates a consumer group on one broker, or replaces it: what the body leaves out takes its initial value.",
  servedBy: on("broker"),
  request: { body: subscriptionGroupConfig },
});
