import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const putKvConfig = command({
  code: 100,
  name: "PUT_KV_CONFIG",
  description: "Sets the value of a key in a namespace. Value may be empty.",
  servedBy: on("name-server"),
  request: { header: { namespace: text("namespace"), key: text("key"), value: text("value") } },
});
