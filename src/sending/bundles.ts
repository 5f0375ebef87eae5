import { limits as defaults, type Limits } from "../limits.ts";
import type { Aim, Outgoing } from "./outgoing.ts";

/** Messages that go together: one, or a batch for one queue. */
export interface Bundle {
  readonly messages: readonly Outgoing[];
  /** Where each of them is in the list that they come from. */
  readonly indices: readonly number[];
  /** Names what its order matters to; null where it doesn't. */
  readonly lane: string | null;
}

/** What a message with this aim must not overtake: the others of its group, or of its queue. */
export function laneOf({ messageGroup, brokerName, queueId }: Aim): string | null {
  if (messageGroup !== undefined) return `group ${messageGroup}`;
  return queueId === undefined ? null : `queue ${brokerName} ${queueId}`;
}

/**
 * The messages in bundles, those with one aim in their order. What is delayed goes alone: brokers would store it at once
 * out of a batch.
 */
export function bundlesOf(
  messages: readonly Outgoing[],
  { maxBatchBytes, maxMessagesPerBatch }: Pick<Limits, "maxBatchBytes" | "maxMessagesPerBatch"> = defaults,
): Bundle[] {
  const bundles: { messages: Outgoing[]; indices: number[]; lane: string | null; bytes: number }[] = [];
  const open = new Map<string, (typeof bundles)[number]>();
  for (const [index, message] of messages.entries()) {
    const { aim, body, producerGroup, isDelayed, properties } = message;
    const key = JSON.stringify([aim.messageGroup, aim.brokerName, aim.queueId, producerGroup]);
    const bytes = body.length + JSON.stringify(properties).length;
    const bundle = isDelayed ? undefined : open.get(key);
    if (bundle && bundle.messages.length < maxMessagesPerBatch && bundle.bytes + bytes <= maxBatchBytes) {
      bundle.messages.push(message);
      bundle.indices.push(index);
      bundle.bytes += bytes;
    } else {
      const begun = { messages: [message], indices: [index], lane: laneOf(aim), bytes };
      bundles.push(begun);
      if (!isDelayed) open.set(key, begun);
    }
  }
  return bundles;
}
