import { liteGroupInfo } from "../body/lite-consumers.ts";
import { i32, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getLiteGroupInfo = command({
  code: 200078,
  name: "GET_LITE_GROUP_INFO",
  description: "How far a group is behind in its lite topics. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      group: text("consumer group"),
      liteTopic: optional(text("only this lite topic")),
      topK: optional(i32("how many of the worst lite topics are named")),
    },
  },
  response: { body: liteGroupInfo },
});
