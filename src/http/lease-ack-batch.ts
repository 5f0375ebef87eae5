import type { PopAcks } from "../body/batch-ack.ts";
import { toBase64 } from "../bytes/base64.ts";
import { batchAckMessage } from "../commands/batch-ack-message.ts";
import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { REQUEST_CODE_NOT_SUPPORTED } from "../wire/response-codes.ts";
import type { Lease } from "./lease-handle.ts";
import { acknowledge } from "./lease-pop.ts";

/** What has a lease to acknowledge. */
interface Holding {
  readonly lease: Lease;
}

type Outcomes<H> = readonly (readonly [held: H, outcome: BrokerOutcome<unknown>])[];

/**
 * Acknowledges leases of one broker: several at once, where it takes them so (BATCH_ACK_MESSAGE, since 5.1.3), or else
 * one by one. Never rejects.
 */
export async function ackAt<H extends Holding>(
  broker: BrokerTarget,
  held: readonly H[],
  brokers: Brokers,
): Promise<Outcomes<H>> {
  const near = held.filter(({ lease }) => isNear(lease));
  if (near.length < 2) return ackSingly(broker, held, brokers);
  const far = held.filter(({ lease }) => !isNear(lease));
  const body = batchOf(near.map(({ lease }) => lease));
  const [[outcome], others] = await Promise.all([
    brokers.writeEach([broker], batchAckMessage, { body }),
    ackSingly(broker, far, brokers),
  ]);
  if (outcome === undefined || isUnknown(outcome)) return [...(await ackSingly(broker, near, brokers)), ...others];
  return [...near.map((each) => [each, outcome] as const), ...others];
}

function ackSingly<H extends Holding>(
  broker: BrokerTarget,
  held: readonly H[],
  brokers: Brokers,
): Promise<Outcomes<H>> {
  const acks = held.map(async (each) => {
    const [outcome] = await brokers.each([broker], (one, left) => acknowledge(one, each.lease, brokers, left()));
    return [each, outcome as BrokerOutcome<unknown>] as const;
  });
  return Promise.all(acks);
}

function isUnknown(outcome: BrokerOutcome<unknown>): boolean {
  return !outcome.ok && outcome.fault.options.response?.code === REQUEST_CODE_NOT_SUPPORTED;
}

/** One pop spans a few messages, or some that a filter left out between them. */
const MAX_SPAN = 65_536;

/** Whether a set of bits that has it is a small one. */
function isNear(lease: Lease): boolean {
  const bit = bitOf(lease);
  return bit >= 0 && bit < MAX_SPAN;
}

function bitOf({ queueOffset, startOffset }: Lease): number {
  return Number(BigInt(queueOffset) - BigInt(startOffset));
}

/** The body that acknowledges all of them: those of one pop and queue share an entry. */
export function batchOf(leases: readonly Lease[]): PopAcks {
  const byPop = Map.groupBy(leases, ({ startOffset, popTime, invisibleTime, reviveQid, origin, queueId }) =>
    [startOffset, popTime, invisibleTime, reviveQid, origin, queueId].join(" "),
  );
  const acks = [...byPop.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { group: c, topic: t, origin: r, startOffset: so, queueId: q, popTime: pt, invisibleTime: it } = first;
    return [{ c, t, r, so, q, rq: Number(first.reviveQid), pt, it, b: toBase64(bitSet(own.map(bitOf))) }];
  });
  return { brokerName: leases[0]?.brokerName ?? "", acks };
}

/** The bytes of a java.util.BitSet: bit 0 is the lowest one of the first byte. */
function bitSet(bits: readonly number[]): Uint8Array {
  const bytes = new Uint8Array((Math.max(...bits) >> 3) + 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return bytes;
}
