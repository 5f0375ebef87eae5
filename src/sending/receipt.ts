import { MessageQueue } from "../body/message-queue.ts";
import type { Reply } from "../client/reply.ts";
import type { sendMessageReply } from "../commands/headers/send-message.ts";
import type { Fault } from "../errors.ts";
import { Int64, Nullable, type Static, Type } from "../schema/types.ts";
import type { WritableQueue } from "./queues.ts";

/** SendStatus: how well a message is stored. */
const SendStatus = Type.Enum(["SEND_OK", "FLUSH_DISK_TIMEOUT", "SLAVE_NOT_AVAILABLE", "FLUSH_SLAVE_TIMEOUT"], {
  description: "SEND_OK, or what is still wanting: it is stored all the same, so don't send it again",
});
type SendStatus = Static<typeof SendStatus>;

/** What is known of a message that was sent (SendResult). */
export const Receipt = Type.Object(
  {
    sendStatus: Nullable(SendStatus),
    msgId: Type.String({ description: "its UNIQ_KEY, the id by which Java clients know it" }),
    offsetMsgId: Nullable(Type.String({ description: "id by its place: address of the broker and offset there" })),
    queueOffset: Nullable(Int64("offset in the queue")),
    messageQueue: MessageQueue,
    transactionId: Type.Optional(Type.String({ description: "transaction as the broker calls it" })),
    recallHandle: Type.Optional(Type.String({ description: "handle by which a timed message can be taken back" })),
  },
  { title: "Receipt", description: "Where a message is (SendResult); null is what no broker was asked to say" },
);
export type Receipt = Static<typeof Receipt>;

/** What came of one message. */
export type Delivery =
  | { readonly ok: true; readonly receipt: Receipt }
  | { readonly ok: false; readonly fault: Fault; readonly msgId: string };

export type SendReply = Reply<typeof sendMessageReply, never>;

const statuses: Readonly<Record<number, SendStatus>> = {
  10: "FLUSH_DISK_TIMEOUT",
  11: "SLAVE_NOT_AVAILABLE",
  12: "FLUSH_SLAVE_TIMEOUT",
};

/** The receipts that one answer gives for messages of these ids, in their order. */
export function receiptsOf(
  { code, header }: SendReply,
  msgIds: readonly string[],
  topic: string,
  { broker, queueId: asked }: WritableQueue,
): Receipt[] {
  const { msgId: offsetMsgIds, queueId = asked, queueOffset, transactionId, recallHandle } = header;
  const places = offsetMsgIds?.split(",") ?? [];
  const messageQueue = { topic, brokerName: broker.brokerName, queueId };
  return msgIds.map((msgId, index) => ({
    // Where nobody answers, to a one-way request, nobody says how it went.
    sendStatus: offsetMsgIds === undefined ? null : (statuses[code] ?? "SEND_OK"),
    msgId,
    // Messages that are stored as one have one place.
    offsetMsgId: places[index] ?? places[0] ?? null,
    queueOffset: queueOffset === undefined ? null : plus(queueOffset, index),
    messageQueue,
    ...(transactionId !== undefined && { transactionId: msgIds.length === 1 ? transactionId : msgId }),
    ...(recallHandle !== undefined && { recallHandle }),
  }));
}

function plus(offset: number | bigint, more: number): number | bigint {
  if (typeof offset === "number") return offset + more;
  const sum = BigInt(offset) + BigInt(more);
  return sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : sum;
}
