import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

/** 217 means something else since 5.0: REGISTER_TOPIC_IN_NAMESRV. The value travels in the field `key`. */
export const getKvConfigByValue = command({
  code: 217,
  name: "GET_KV_CONFIG_BY_VALUE",
  description: "The keys of a namespace that have a value, joined by semicolons.",
  servedBy: on("name-server", "3.2.6"),
  request: { header: { namespace: text("namespace"), value: text("value to look for", { wire: "key" }) } },
  response: { header: { keys: optional(text("keys joined by semicolons", { wire: "value" })) } },
});
