import { changeMessageInvisibleTime } from "../commands/change-message-invisible-time.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { type HeldLease, heldLease } from "./lease-ack.ts";
import { type Holder, receiptHandle, visibleAtOf } from "./lease-handle.ts";
import { heldValues } from "./lease-pop.ts";
import { mustServeLeases } from "./lease-served.ts";
import { fanOutAnswer } from "./results.ts";
import type { Answer } from "./route.ts";

interface Renewal extends Holder {
  readonly receiptHandle: string;
  readonly invisibleMillis: number;
}

/** Hides a message for another while; the answer has its new handle. Rejects as {@link heldLease}. */
export async function renewAnswer(renewal: Renewal, brokers: Brokers): Promise<Answer> {
  const { broker, lease } = await held(renewal, brokers);
  const values = { ...heldValues(lease), invisibleTime: renewal.invisibleMillis };
  const outcomes = await brokers.writeEach([broker], changeMessageInvisibleTime, values);
  const [outcome] = outcomes;
  const { popTime, invisibleTime, reviveQid } = outcome?.ok ? outcome.value.header : {};
  if (popTime === undefined || invisibleTime === undefined || reviveQid === undefined) {
    return fanOutAnswer(outcomes, { body: { receiptHandle: null, visibleAt: null } });
  }
  // As Java makes it: the message begins a checkpoint of its own.
  const renewed = { ...lease, startOffset: lease.queueOffset, popTime, invisibleTime, reviveQid };
  return fanOutAnswer(outcomes, {
    body: { receiptHandle: receiptHandle(renewed), visibleAt: visibleAtOf(renewed) },
  });
}

async function held(renewal: Renewal, brokers: Brokers): Promise<HeldLease> {
  try {
    return await heldLease({ handle: renewal.receiptHandle, pointer: "/receiptHandle" }, renewal, brokers);
  } catch (fault) {
    if (fault instanceof Fault) await mustServeLeases(renewal, changeMessageInvisibleTime, brokers);
    throw fault;
  }
}
