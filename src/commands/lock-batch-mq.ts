import { lockAnswer, lockRequest } from "../body/lock-batch.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const lockBatchMq = command({
  code: 41,
  name: "LOCK_BATCH_MQ",
  description:
    "Locks queues for one client of a group, to be consumed in order. A lock not taken again ends after 60 s.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: rpcHeader, body: lockRequest },
  response: { body: lockAnswer },
});
