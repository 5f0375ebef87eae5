import { command, on } from "./command.ts";

export const cleanUnusedTopic = command({
  code: 316,
  name: "CLEAN_UNUSED_TOPIC",
  description: "Deletes the consume queues of topics that a broker doesn't know. Since 4.0.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
});
