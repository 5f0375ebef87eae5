import { bool, optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { rpcHeader } from "./headers/inherited.ts";

export const cloneGroupOffset = command({
  code: 314,
  name: "CLONE_GROUP_OFFSET",
  description:
    "Gives one group the offsets of another. On 3.2.6 both share them from then on: a commit of one moves the other.",
  servedBy: on("broker"),
  request: {
    header: {
      srcGroup: text("group that has the offsets"),
      destGroup: text("group that gets them"),
      topic: optional(text("only this topic")),
      offline: optional(bool("whether topics count that the first group doesn't subscribe to now")),
      ...rpcHeader,
    },
  },
});
