import { liteClientInfo } from "../body/lite-consumers.ts";
import { i32, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getLiteClientInfo = command({
  code: 200077,
  name: "GET_LITE_CLIENT_INFO",
  description: "Lite topics that one client takes. Since 5.5.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      parentTopic: optional(text("parent topic")),
      group: optional(text("consumer group")),
      clientId: optional(text("client")),
      maxCount: optional(i32("how many lite topics at most; 1000 when left out")),
    },
  },
  response: { body: liteClientInfo },
});
