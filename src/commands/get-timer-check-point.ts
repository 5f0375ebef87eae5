import { timerCheckpoint } from "../body/timer.ts";
import { command, on } from "./command.ts";

export const getTimerCheckPoint = command({
  code: 60,
  name: "GET_TIMER_CHECK_POINT",
  description: "How far a broker is in delivering timed messages. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  response: { body: timerCheckpoint },
});
