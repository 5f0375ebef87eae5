import { i32 } from "../schema/fields.ts";
import { command, on } from "./command.ts";

export const setCommitlogReadMode = command({
  code: 2004,
  name: "SET_COMMITLOG_READ_MODE",
  description: "Sets whether a broker reads ahead in its commit log. Since 5.1.2.",
  servedBy: on("broker", "5.5.0"),
  request: { header: { readAheadMode: i32("0 normal, 1 random: no reading ahead", { wire: "READ_AHEAD_MODE" }) } },
});
