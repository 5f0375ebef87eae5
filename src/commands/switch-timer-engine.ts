import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const switchTimerEngine = command({
  code: 5001,
  name: "SWITCH_TIMER_ENGINE",
  description: "Switches between the stores of timed messages. Since 5.4.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { engine: text("R for RocksDB, F for files", { wire: "E_T" }) } },
});
