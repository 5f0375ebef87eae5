import { text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const exportRocksdbConfigToJson = command({
  code: 355,
  name: "EXPORT_ROCKSDB_CONFIG_TO_JSON",
  description: "Writes tables that a broker keeps in RocksDB to JSON files beside them. Since 5.3.2.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { configType: text("topics, subscriptionGroups, consumerOffsets, joined by semicolons") } },
});
