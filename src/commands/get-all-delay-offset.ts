import { delayOffsets } from "../body/offset-tables.ts";
import { command, on } from "./command.ts";

export const getAllDelayOffset = command({
  code: 45,
  name: "GET_ALL_DELAY_OFFSET",
  description: "How far a broker is in each of its delay levels.",
  servedBy: on("broker"),
  response: { body: delayOffsets },
});
