import { Int32, Int64, Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** BatchAck: messages of one pop that were consumed. Members have the one or two letters that travel. */
const PopAck = Type.Object(
  {
    c: Name("consumer group"),
    t: Name("topic, the original one for a redelivered message too"),
    r: Type.String({ description: "0 for a first delivery, 1 or 2 for the two forms of retry topics" }),
    so: Int64("start offset: the first part of the handle"),
    q: Int32("queue"),
    rq: Int32("revive queue: the fourth part of the handle"),
    pt: Int64("when it was popped, epoch milliseconds"),
    it: Int64("how long it is invisible, milliseconds"),
    b: Type.String({ description: "base64 of a little-endian bit set: bit i stands for offset so + i" }),
  },
  { additionalProperties: false },
);

/** BatchAckMessageRequestBody: messages of several pops that were consumed. */
export const PopAcks = Type.Object(
  { brokerName: Name("broker that they were popped from"), acks: Type.Array(PopAck) },
  { additionalProperties: false },
);
export type PopAcks = Static<typeof PopAcks>;

export const popAcks = jsonBody(PopAcks);
