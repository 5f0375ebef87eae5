import { command, on } from "./command.ts";

export const popRollback = command({
  code: 200056,
  name: "POP_ROLLBACK",
  description:
    "Moves what pop keeps in RocksDB back to files, before a broker goes back to an older version. Since 5.3.2.",
  servedBy: on("broker", "5.5.0"),
});
