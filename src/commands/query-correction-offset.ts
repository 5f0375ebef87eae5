import { correctionOffsets } from "../body/offset-tables.ts";
import { optional, text } from "../schema/fields.ts";
import { command, on } from "./command.ts";
import { topicHeader } from "./headers/inherited.ts";

export const queryCorrectionOffset = command({
  code: 308,
  name: "QUERY_CORRECTION_OFFSET",
  description:
    "Smallest offset that any group committed, by queue of a topic. Deletes the offsets of filterGroups first!",
  servedBy: on("broker"),
  request: {
    header: {
      filterGroups: optional(text("groups, joined by commas, whose offsets in all topics the broker deletes")),
      compareGroup: text("group that is behind already where the answer is the largest integer"),
      topic: text("topic name"),
      ...topicHeader,
    },
  },
  response: { body: correctionOffsets },
});
