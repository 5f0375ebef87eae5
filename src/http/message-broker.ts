import { type MessageAddress, OFFSET_MSG_ID, parseOffsetMsgId } from "../body/offset-msg-id.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import { Type } from "../schema/types.ts";

/** The id that a broker gives a message: its own address, and where the message begins in its commit log. */
export const OffsetMsgId = Type.String({
  description: "offset message id: 32 hexadecimal digits, or 56 where the broker has an IPv6 address",
  pattern: OFFSET_MSG_ID,
  examples: ["0A00000700002A9F0000000000000000"],
});

/** A message in the commit log of a broker. */
export interface MessageAtBroker {
  readonly broker: BrokerTarget;
  /** Where it begins, bytes. */
  readonly offset: Int64;
}

/**
 * The broker whose address an offset message id holds. Throws `invalid-argument` for what is no such id, and
 * `not-found` where no name server knows a broker at that address: a caller's own address is never dialled.
 */
export async function brokerOfMessage(offsetMsgId: string, brokers: Brokers): Promise<MessageAtBroker> {
  const { address, commitLogOffset: offset } = placeOf(offsetMsgId);
  // Java registers an IPv6 address without brackets.
  const broker = (await brokers.at(address)) ?? (await brokers.at(address.replaceAll(/[[\]]/g, "")));
  if (broker) return { broker, offset };
  throw new Fault("not-found", `Cannot find message ${offsetMsgId}: no broker is known at ${address}`, {
    hint: "It is the offsetMsgId that sending answers with; a UNIQ_KEY, its msgId, tells no broker.",
  });
}

/** The place that an id in a path states. */
function placeOf(offsetMsgId: string): MessageAddress {
  if (new RegExp(OFFSET_MSG_ID).test(offsetMsgId)) return parseOffsetMsgId(offsetMsgId);
  const detail = "must be 32 or 56 hexadecimal digits";
  throw new Fault("invalid-argument", `Cannot read message id ${offsetMsgId}: it ${detail}`, {
    violations: [{ pointer: "{offsetMsgId}", detail }],
  });
}
