import { subscriptionGroupTable } from "../body/subscription-group.ts";
import { i32, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getAllSubscriptionGroupConfig = command({
  code: 201,
  name: "GET_ALL_SUBSCRIPTIONGROUP_CONFIG",
  description:
    "Every consumer group of a broker; since 5.4 in pages where it splits its tables and any of the fields is given.",
  servedBy: on("broker"),
  request: {
    header: {
      groupSeq: optional(i32("where the page begins, since 5.4")),
      dataVersion: optional(text("DataVersion of the first page, JSON; another one begins anew, since 5.4")),
      maxGroupNum: optional(i32("how many groups at most, since 5.4")),
    },
  },
  response: {
    header: { totalGroupNum: optional(i32("how many groups there are in all, since 5.4")) },
    body: subscriptionGroupTable,
  },
});
