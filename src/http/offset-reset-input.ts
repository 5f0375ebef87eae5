import { Fault } from "../errors.ts";
import { epochMillisOf, NO_SUCH_DAY } from "../schema/moment.ts";
import { Int64, Moment, Name, type Static, Type } from "../schema/types.ts";
import { EmulatedBy } from "./emulated.ts";
import { ListOf } from "./list.ts";
import type { Reset } from "./offset-reset.ts";
import { queueMembers } from "./topic-queues.ts";

/** What is to be reset. */
export const ResetInput = Type.Object(
  {
    topic: Name("topic name"),
    timestamp: Type.Union([
      Int64("store time of the messages to go on with, epoch milliseconds; -1 for the end", { minimum: -1 }),
      Moment("the same as RFC 3339 has it"),
    ]),
    force: Type.Optional(
      Type.Boolean({ description: "whether offsets may move forward, too; default they may. 5.x always lets them" }),
    ),
  },
  { additionalProperties: false, title: "OffsetResetInput", examples: [{ topic: "orders", timestamp: -1 }] },
);

/** What was reset, and where the group goes on. */
export const resetMembers = {
  group: Type.String({ description: "consumer group" }),
  topic: Type.String({ description: "topic name" }),
  timestamp: Int64("epoch milliseconds; -1 for the end"),
  ...ListOf(Type.Object({ ...queueMembers, offset: Int64("offset to go on with") })).properties,
  emulatedBy: EmulatedBy,
};

/** The reset that a body states. Throws `invalid-body` for a day that its month doesn't have. */
export function statedReset(group: string, { topic, timestamp, force = true }: Static<typeof ResetInput>): Reset {
  const millis = typeof timestamp === "string" ? epochMillisOf(timestamp) : timestamp;
  if (millis !== undefined) return { group, topic, timestamp: millis, force };
  throw new Fault("invalid-body", `Cannot take the body: /timestamp ${NO_SUCH_DAY}`, {
    violations: [{ pointer: "/timestamp", detail: NO_SUCH_DAY }],
  });
}
