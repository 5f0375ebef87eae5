import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const deleteKvConfig = command({
  code: 102,
  name: "DELETE_KV_CONFIG",
  description: "Deletes a key of a namespace; one that isn't there is deleted too.",
  servedBy: on("name-server"),
  request: { header: { namespace: text("namespace"), key: text("key") } },
});
