import { requestModes } from "../body/request-mode.ts";
import { command, on } from "./command.ts";

export const getAllMessageRequestMode = command({
  code: 402,
  name: "GET_ALL_MESSAGE_REQUEST_MODE",
  description: "Which groups were told to pull or to pop. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  response: { body: requestModes },
});
