import { ValueRowsOf } from "../schema/rows.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { MessageQueue } from "./message-queue.ts";

const queueOffsets = (description: string) => ValueRowsOf(MessageQueue, "offset", Int64("offset"), description);

/** ResetOffsetBody, and ResetOffsetBodyForC, in which brokers write to clients in C++ the very rows that these are. */
export const ResetOffsets = Type.Object({ offsetTable: queueOffsets("offset to go on from by queue") });
export type ResetOffsets = Static<typeof ResetOffsets>;

export const resetOffsets = jsonBody(ResetOffsets);

/** GetConsumerStatusBody: where clients are. A client fills the first table, a broker the second from their answers. */
export const ConsumerStatus = Type.Object({
  messageQueueTable: queueOffsets("offset of the client by queue"),
  consumerTable: Type.Record(Type.String(), queueOffsets("offset by queue"), { description: "the same by client" }),
});
export type ConsumerStatus = Static<typeof ConsumerStatus>;

export const consumerStatus = jsonBody(ConsumerStatus);
