import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** CMResult: what came of consuming one message. */
const Outcome = Type.Enum(
  ["CR_SUCCESS", "CR_LATER", "CR_ROLLBACK", "CR_COMMIT", "CR_THROW_EXCEPTION", "CR_RETURN_NULL"],
  { description: "what came of it" },
);

/** ConsumeMessageDirectlyResult: what came of handing one message to one client. */
export const DirectConsumption = Type.Object({
  order: Type.Boolean({ description: "whether the client consumes in order" }),
  autoCommit: Type.Boolean({ description: "whether it commits by itself" }),
  consumeResult: Outcome,
  remark: Type.Optional(Type.String({ description: "the exception, where one was thrown" })),
  spentTimeMills: Int64("how long it took, milliseconds"),
});
export type DirectConsumption = Static<typeof DirectConsumption>;

export const directConsumption = jsonBody(DirectConsumption);
