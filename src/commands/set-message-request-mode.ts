import { groupRequestMode } from "../body/request-mode.ts";
import { command, on } from "./command.ts";

export const setMessageRequestMode = command({
  code: 401,
  name: "SET_MESSAGE_REQUEST_MODE",
  description: "Sets whether a group pulls a topic or pops it. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { body: groupRequestMode },
});
