import { liteSubscriptions } from "../body/lite-subscription.ts";
import { command, on } from "./command.ts";

export const liteSubscriptionCtl = command({
  code: 200071,
  name: "LITE_SUBSCRIPTION_CTL",
  description: "Changes which lite topics clients take. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: { body: liteSubscriptions },
});
