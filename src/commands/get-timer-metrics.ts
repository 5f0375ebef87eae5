import { timerMetrics } from "../body/timer.ts";
import { command, on } from "./command.ts";

export const getTimerMetrics = command({
  code: 61,
  name: "GET_TIMER_METRICS",
  description: "How many timed messages wait on a broker, by topic. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  response: { body: timerMetrics },
});
