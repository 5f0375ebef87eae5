import { refusal } from "../client/accepted.ts";
import { countdown } from "../client/deadline.ts";
import { pullMessage } from "../commands/pull-message.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import { limits } from "../limits.ts";
import { pause } from "../messages/pause.ts";
import { type Asking, type Pull, type Pulled, pull } from "../messages/pull.ts";
import { Int64, type Static, Type } from "../schema/types.ts";
import { formatAddress } from "../transport/address.ts";
import { MessageAtBroker } from "./message-view.ts";

/** Messages of one queue, and where to go on. */
export const QueueMessages = Type.Object({
  data: Type.Array(MessageAtBroker),
  nextOffset: Int64("where to go on: behind these messages, and behind those passed over that aren't wanted"),
  minOffset: Int64("offset of the oldest message of the queue"),
  maxOffset: Int64("offset that its next message will have"),
});

/** A broker as those ask it who take whatever code it answers with. */
export function askingOf(broker: BrokerTarget, brokers: Brokers): Asking {
  return { target: formatAddress(broker), call: (...call) => brokers.ask(broker, ...call) };
}

/**
 * What a queue has now, or has within so long: then messages that come meanwhile are answered at once. Throws the
 * refusal (21) with the offsets that there are for one that there isn't.
 */
export async function messagesAt(asking: Asking, wanted: Pull, waitMillis: number | null): Promise<Pulled> {
  const left = waitMillis === null ? null : countdown(waitMillis);
  let pulled = found(await pull(asking, wanted), asking.target);
  while (left && pulled.messages.length === 0 && left() > 1) {
    const startedAt = performance.now();
    const next = await heldPull(asking, { ...wanted, offset: pulled.nextOffset }, left());
    if (next === null) break;
    const { nextOffset } = pulled;
    pulled = found(next, asking.target);
    if (pulled.messages.length > 0 || pulled.nextOffset !== nextOffset) continue;
    // One that holds nothing, or not for as long, must not be asked without end.
    const early = limits.minPullPeriodMillis - (performance.now() - startedAt);
    if (early > 0) await pause(Math.min(early, left()));
  }
  return pulled;
}

/** The same pull, held by the broker until there is a message; null where it still is at the end. */
async function heldPull(asking: Asking, wanted: Pull, leftMillis: number): Promise<Pulled | null> {
  try {
    return await pull(asking, { ...wanted, suspendMillis: leftMillis, timeoutMillis: leftMillis });
  } catch (error) {
    // Brokers look at what they hold every few seconds only; what comes later is dropped.
    if (error instanceof Fault && error.fault === "timeout") return null;
    throw error;
  }
}

function found(pulled: Pulled, target: string): Pulled {
  if (pulled.state !== "moved") return pulled;
  const { code, remark, nextOffset, minOffset, maxOffset } = pulled;
  const { fault, message, options } = refusal(pullMessage, { code, remark }, target);
  throw new Fault(fault, message, {
    ...options,
    details: { nextOffset, minOffset, maxOffset },
    hint: "The queue has no such offset; nextOffset is where its broker would go on.",
  });
}

/** The body of the answer. */
export function queueMessagesBody(brokerName: string, pulled: Pulled): Static<typeof QueueMessages> {
  const { messages, nextOffset, minOffset, maxOffset } = pulled;
  return { data: messages.map((message) => ({ brokerName, ...message })), nextOffset, minOffset, maxOffset };
}
