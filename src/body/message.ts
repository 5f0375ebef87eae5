import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Int32, Int64, type Static, Type } from "../schema/types.ts";

const body = {
  body: Type.Optional(Type.String({ description: "the body, where it is UTF-8" })),
  bodyBase64: Type.Optional(Type.String({ description: "the body, where it is not" })),
};

/** A message as a broker has it (MessageExt), for people. */
export const Message = Type.Object(
  {
    topic: Type.String({ description: "topic name" }),
    msgId: Type.String({ description: "id that the producer gave it (UNIQ_KEY), else its offsetMsgId" }),
    offsetMsgId: Type.String({ description: "id by its place: address of the broker and offset in its commit log" }),
    tags: Type.Optional(Type.String({ description: "tag that consumers filter by" })),
    keys: Type.Optional(Type.Array(Type.String(), { description: "keys that it is found by" })),
    delayTimeLevel: Type.Optional(Int32("level of its delay, 1 to 18")),
    ...body,
    bodyFault: Type.Optional(
      Type.String({
        description: "why the body is given as it is stored: damaged, or of an unknown or too large content",
      }),
    ),
    properties: Type.Record(Type.String(), Type.String(), { description: "all its properties, as they are stored" }),
    queueId: Int32("queue"),
    queueOffset: Int64("offset in the queue"),
    commitLogOffset: Int64("where it is in the broker's commit log, bytes"),
    storeSize: Int32("bytes that it takes there"),
    bornTimestamp: Int64("when the producer made it, epoch milliseconds"),
    bornHost: Type.String({ description: "address of the producer, host:port" }),
    storeTimestamp: Int64("when the broker stored it, epoch milliseconds"),
    storeHost: Type.String({ description: "address of the broker, host:port" }),
    reconsumeTimes: Int32("redeliveries so far"),
    flag: Int32("number of the application"),
    sysFlag: Int32(
      "bits: 1 the body is given compressed, 4 half message, 8 commit, 12 rollback, 16 IPv6 born host, 32 IPv6 store host, 64 and 128 out of a batch, 256 to 768 kind of compression",
    ),
    bodyCRC: Int32("CRC-32 of the body as it is stored"),
    preparedTransactionOffset: Int64("queue offset of the half message that it ends"),
  },
  { title: "Message" },
);
export type Message = Static<typeof Message>;

/** The body as text where it is UTF-8, else in base64. */
export function bodyMembers(bytes: Uint8Array): Pick<Message, "body" | "bodyBase64"> {
  try {
    return { body: fromUtf8(bytes, "body") };
  } catch {
    return { bodyBase64: toBase64(bytes) };
  }
}

/** The bytes of a body that is stated either way; none where it isn't. */
export function bodyBytes({ body, bodyBase64 }: Pick<Message, "body" | "bodyBase64">): Uint8Array {
  return bodyBase64 === undefined ? utf8(body ?? "") : fromBase64(bodyBase64);
}
