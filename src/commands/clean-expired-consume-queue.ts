import { command, on } from "./command.ts";

export const cleanExpiredConsumeQueue = command({
  code: 306,
  name: "CLEAN_EXPIRED_CONSUMEQUEUE",
  description: "Deletes the entries of consume queues whose messages are gone.",
  servedBy: on("broker"),
});
