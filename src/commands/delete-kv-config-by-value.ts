import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const deleteKvConfigByValue = command({
  code: 218,
  name: "DELETE_KV_CONFIG_BY_VALUE",
  description: "Deletes the keys of a namespace that have a value, which travels in the field key.",
  servedBy: on("name-server", "3.2.6"),
  request: { header: { namespace: text("namespace"), value: text("value to look for", { wire: "key" }) } },
});
