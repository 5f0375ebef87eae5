import { Type } from "../schema/types.ts";

/** ConsumeType: how messages reach a consumer. CONSUME_POP exists since 5.0. */
export const ConsumeType = Type.Enum(["CONSUME_ACTIVELY", "CONSUME_PASSIVELY", "CONSUME_POP"], {
  description: "whether the application pulls, the client pulls for it, or the broker hands out (pop)",
});

/** MessageModel: who of a group gets a message. LITE_SELECTIVE exists since 5.5. */
export const MessageModel = Type.Enum(["BROADCASTING", "CLUSTERING", "LITE_SELECTIVE"], {
  description: "whether every member of the group gets a message or one of them",
});

/** ConsumeFromWhere: where a group without an offset begins. Three of the names are no longer used by any client. */
export const ConsumeFromWhere = Type.Enum(
  [
    "CONSUME_FROM_LAST_OFFSET",
    "CONSUME_FROM_LAST_OFFSET_AND_FROM_MIN_WHEN_BOOT_FIRST",
    "CONSUME_FROM_MIN_OFFSET",
    "CONSUME_FROM_MAX_OFFSET",
    "CONSUME_FROM_FIRST_OFFSET",
    "CONSUME_FROM_TIMESTAMP",
  ],
  { description: "where a group without a committed offset begins" },
);
