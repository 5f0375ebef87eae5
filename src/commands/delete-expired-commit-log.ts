import { command, on } from "./command.ts";

export const deleteExpiredCommitLog = command({
  code: 329,
  name: "DELETE_EXPIRED_COMMITLOG",
  description: "Deletes the files of the commit log that a broker needn't keep any more, at once. Since 4.9.4.",
  servedBy: on("broker", "4.9.7", "5.5.0"),
});
