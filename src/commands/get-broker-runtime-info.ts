import { kvTable } from "../body/kv-table.ts";
import { command, on } from "./command.ts";

export const getBrokerRuntimeInfo = command({
  code: 28,
  name: "GET_BROKER_RUNTIME_INFO",
  description: "Figures of a running broker, all as texts.",
  servedBy: on("broker"),
  response: { body: kvTable },
});
