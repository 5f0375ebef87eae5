import { lockRequest } from "../body/lock-batch.ts";
import { command } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const unlockBatchMq = command({
  code: 42,
  name: "UNLOCK_BATCH_MQ",
  description: "Gives locked queues back.",
  servedBy: { "3.2.6": ["broker"], "4.9.7": ["broker"], "5.5.0": ["broker", "proxy"] },
  request: { header: rpcHeader, body: lockRequest },
});
