import { limits } from "../limits.ts";
import { Int32, type Static, Type } from "../schema/types.ts";
import type { BodyCodec } from "./codec.ts";
import { bodyBytes, bodyMembers, Message } from "./message.ts";
import { decodeBatch, encodeBatch } from "./message-batch.ts";
import { MessageProperties } from "./message-properties.ts";

const { body, bodyBase64 } = Message.properties;

/** One message of a batch, for people. */
const BatchedMessage = Type.Object(
  { flag: Int32("number of the application"), body, bodyBase64, properties: MessageProperties },
  { title: "BatchedMessage" },
);
type BatchedMessage = Static<typeof BatchedMessage>;

/** The messages of a batch; or the bytes that they have become already, as whoever had to know how many has them. */
export const batchedMessages: BodyCodec<readonly BatchedMessage[] | Uint8Array> = {
  schema: Type.Array(BatchedMessage),
  encode(value) {
    if (value instanceof Uint8Array) return value;
    return encodeBatch(value.map((each) => ({ ...each, body: bodyBytes(each) })));
  },
  decode: (bytes) =>
    decodeBatch(bytes, limits.maxBatchMessages).map(({ flag, body, properties }) => {
      return { flag, ...bodyMembers(body), properties };
    }),
};
