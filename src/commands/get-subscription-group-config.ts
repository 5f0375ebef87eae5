import { subscriptionGroupConfig } from "../body/subscription-group.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const getSubscriptionGroupConfig = command({
  code: 352,
  name: "GET_SUBSCRIPTIONGROUP_CONFIG",
  description:
    "One consumer group of a broker, which makes it where it isn't there, if it may; else code 26. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { group: text("consumer group"), ...rpcHeader } },
  response: { body: subscriptionGroupConfig },
});
