import { Int32, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** CheckRocksdbCqWriteResult: whether the consume queues in RocksDB are those in files. */
export const RocksdbCheck = Type.Object({
  checkStatus: Int32("0 they are, 1 they are not, 2 the check goes on, 3 it failed"),
  checkResult: Type.Optional(Type.String({ description: "what was found" })),
});
export type RocksdbCheck = Static<typeof RocksdbCheck>;

export const rocksdbCheck = jsonBody(RocksdbCheck);
