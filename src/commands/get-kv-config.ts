import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getKvConfig = command({
  code: 101,
  name: "GET_KV_CONFIG",
  description: "The value of a key in a namespace; code 22 when there is none.",
  servedBy: on("name-server"),
  request: { header: { namespace: text("namespace"), key: text("key") } },
  response: { header: { value: optional(text("value")) } },
});
