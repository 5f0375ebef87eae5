import type { CommandName } from "../commands/command.ts";
import { Type } from "../schema/types.ts";

/** The member of an answer that says what was sent in place of a request that no broker answers any more. */
export const EmulatedBy = Type.Optional(
  Type.Array(Type.String(), {
    description: "the requests that were sent in place of the one asked for, which no broker answers any more",
    examples: [["GET_ALL_TOPIC_CONFIG"]],
  }),
);

/** The same, filled in. */
export function emulatedBy(...commands: readonly CommandName[]) {
  return { emulatedBy: commands.map(({ name }) => name) };
}
