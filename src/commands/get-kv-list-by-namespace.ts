import { kvTable } from "../body/kv-table.ts";
import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const getKvListByNamespace = command({
  code: 219,
  name: "GET_KVLIST_BY_NAMESPACE",
  description: "The entries of a namespace; code 22 when it was never used.",
  servedBy: on("name-server"),
  request: { header: { namespace: text("namespace") } },
  response: { body: kvTable },
});
