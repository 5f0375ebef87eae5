import { rocksdbCheck } from "../body/rocksdb-check.ts";
import { i64, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const checkRocksdbCqWriteProgress = command({
  code: 354,
  name: "CHECK_ROCKSDB_CQ_WRITE_PROGRESS",
  description: "Compares the consume queues in RocksDB with those in files, into the broker's log. Since 5.3.1.",
  servedBy: on("broker", "5.5.0"),
  request: {
    header: {
      topic: text("topic name; blank for all"),
      checkStoreTime: optional(i64("only messages stored since, epoch milliseconds")),
    },
  },
  response: { body: rocksdbCheck },
});
