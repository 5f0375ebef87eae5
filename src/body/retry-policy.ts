import { Int64, type Static, Type } from "../schema/types.ts";

/** GroupRetryPolicy: how long a message waits before each redelivery. */
export const RetryPolicy = Type.Object(
  {
    type: Type.Enum(["EXPONENTIAL", "CUSTOMIZED"], { description: "which of the policies applies" }),
    exponentialRetryPolicy: Type.Optional(
      Type.Object(
        {
          initial: Int64("first wait, milliseconds"),
          max: Int64("longest wait, milliseconds"),
          multiplier: Int64("how much longer each wait is than the one before"),
        },
        { additionalProperties: false },
      ),
    ),
    customizedRetryPolicy: Type.Optional(
      Type.Object(
        { next: Type.Array(Int64("wait, milliseconds"), { description: "wait before each redelivery" }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, description: "Waits before redelivery (GroupRetryPolicy), since 5.0" },
);
export type RetryPolicy = Static<typeof RetryPolicy>;
