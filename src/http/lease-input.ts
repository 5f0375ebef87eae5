import { Message } from "../body/message.ts";
import { Fault } from "../errors.ts";
import { limits } from "../limits.ts";
import { Int32, Int64, Name, Nullable, type Static, Type } from "../schema/types.ts";
import { BrokerResultRow } from "./results.ts";

const { maxLeasedMessages, minInvisibleMillis, maxInvisibleMillis, maxTimeoutMillis } = limits;

const ReceiptHandle = Type.String({
  description: "the receipt handle of a message, as it came with it",
  minLength: 1,
  maxLength: limits.maxReceiptHandleChars,
});

/** What is to be received. */
export const ReceiveInput = Type.Object(
  {
    maxMessages: Type.Optional(
      Int32("how many messages at most; default 1", { minimum: 1, maximum: maxLeasedMessages }),
    ),
    invisibleMillis: Type.Optional(
      Int32("how long they are hidden from the rest of the group, milliseconds; default 30000", {
        minimum: minInvisibleMillis,
        maximum: maxInvisibleMillis,
      }),
    ),
    waitMillis: Type.Optional(
      Int32("how long to wait for the first one, milliseconds; default 0", { minimum: 0, maximum: maxTimeoutMillis }),
    ),
    tags: Type.Optional(
      Name("only messages with one of these tags, joined by ||; what it leaves out the group never gets"),
    ),
    sql: Type.Optional(Name("the same by an SQL92 expression over properties")),
    attemptId: Type.Optional(
      Name("for groups in order: asked again with the same text, the broker hands out the same messages once more"),
    ),
  },
  {
    additionalProperties: false,
    title: "ReceiveInput",
    examples: [{ maxMessages: 16, invisibleMillis: 60_000, waitMillis: 20_000 }],
  },
);
type ReceiveInput = Static<typeof ReceiveInput>;

const DEFAULT_INVISIBLE_MILLIS = 30_000;

/** What a body asks for. Throws `invalid-body` where it filters in two ways. */
export function statedWish({
  maxMessages = 1,
  invisibleMillis = DEFAULT_INVISIBLE_MILLIS,
  tags,
  sql,
  attemptId,
}: ReceiveInput) {
  const wish = { maxMessages, invisibleMillis, attemptId };
  if (tags !== undefined && sql !== undefined) {
    const detail = "is there beside tags";
    throw new Fault("invalid-body", `Cannot take the body: /sql ${detail}`, {
      violations: [{ pointer: "/sql", detail }],
    });
  }
  if (sql !== undefined) return { ...wish, filter: { expType: "SQL92", exp: sql } };
  return { ...wish, filter: tags === undefined ? {} : { expType: "TAG", exp: tags } };
}

/** A message that is hidden from the rest of its group for a time. */
export const LeasedMessage = Type.Object(
  {
    ...Message.properties,
    receiptHandle: Type.String({ description: "what it is acknowledged by" }),
    visibleAt: Int64("when it is handed out again unless it is acknowledged, epoch milliseconds"),
    deliveryAttempt: Int32("1 the first time that it is handed out, and so on"),
  },
  { title: "LeasedMessage" },
);
export type LeasedMessage = Static<typeof LeasedMessage>;

/** What was received. */
export const receivedMembers = {
  data: Type.Array(LeasedMessage),
  next: Type.Null(),
  deadLetters: Type.Array(Type.String(), {
    description: "msgId of those whose last attempt had failed, and that are among the dead letters of the group now",
  }),
};

/** What is acknowledged: one or many. */
export const AckInput = Type.Object(
  {
    receiptHandle: Type.Optional(ReceiptHandle),
    receiptHandles: Type.Optional(Type.Array(ReceiptHandle, { minItems: 1, maxItems: limits.maxReceiptHandles })),
  },
  { additionalProperties: false, title: "AckInput", examples: [{ receiptHandles: ["MSBiaWxsaW5nIG9yZGVycyA..."] }] },
);

/** A handle, and where in the body it is. */
export interface StatedHandle {
  readonly handle: string;
  readonly pointer: string;
}

/** The handles that a body states. Throws `invalid-body` where it states them in both ways, or in none. */
export function statedHandles({ receiptHandle, receiptHandles }: Static<typeof AckInput>): StatedHandle[] {
  if ((receiptHandle === undefined) === (receiptHandles === undefined)) {
    const detail = receiptHandle === undefined ? "or receiptHandle is required" : "is there beside receiptHandle";
    throw new Fault("invalid-body", `Cannot take the body: /receiptHandles ${detail}`, {
      violations: [{ pointer: "/receiptHandles", detail }],
    });
  }
  if (receiptHandle !== undefined) return [{ handle: receiptHandle, pointer: "/receiptHandle" }];
  return (receiptHandles ?? []).map((handle, index) => ({ handle, pointer: `/receiptHandles/${index}` }));
}

const { brokerName: _, brokerId: __, brokerAddr: ___, ...result } = BrokerResultRow.properties;

/** What came of one handle. */
export const AckRow = Type.Object(
  {
    receiptHandle: Type.String({ description: "the handle" }),
    brokerName: Nullable(Type.String({ description: "broker that handed the message out, null for no handle" })),
    ...result,
  },
  { title: "AckResult", description: "What came of one receipt handle" },
);
export type AckRow = Static<typeof AckRow>;

/** How much longer a message is to be hidden. */
export const RenewInput = Type.Object(
  {
    receiptHandle: ReceiptHandle,
    invisibleMillis: Int32("how long from now on it is hidden, milliseconds; 0 gives it back at once", {
      minimum: 0,
      maximum: maxInvisibleMillis,
    }),
  },
  { additionalProperties: false, title: "RenewInput" },
);

export const renewedMembers = {
  receiptHandle: Nullable(
    Type.String({ description: "what the message is acknowledged by from now on; null where no answer is waited for" }),
  ),
  visibleAt: Nullable(Int64("when it is handed out again, epoch milliseconds; null as the handle")),
};
