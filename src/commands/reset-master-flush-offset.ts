import { i64 } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const resetMasterFlushOffset = command({
  code: 908,
  name: "RESET_MASTER_FLUSH_OFFSET",
  description: "Tells a slave how far its master is on disk; a master ignores it. Since 5.0.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { masterFlushOffset: i64("how far the master is on disk, bytes") } },
});
