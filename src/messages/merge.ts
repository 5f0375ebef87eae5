import type { Message } from "../body/message.ts";
import type { Int64 } from "../json/value.ts";
import type { BrokerPage } from "./page-by-time.ts";
import { createPlaces, type Vector } from "./vector.ts";

/** A message, and the broker that has it. */
export type MessageOf = Message & { readonly brokerName: string };

/** What one broker has. */
export interface PartOf<T> {
  readonly brokerName: string;
  readonly value: T;
}

/** Messages by the time when they were stored. */
export function byStoreTime(messages: readonly MessageOf[]): MessageOf[] {
  const order = (a: Int64, b: Int64) => (a < b ? -1 : a > b ? 1 : 0);
  return messages.toSorted((a, b) => order(a.storeTimestamp, b.storeTimestamp) || order(a.queueOffset, b.queueOffset));
}

/** A page of all brokers together, and the text of the vector at its end; null where nothing is left. */
export interface MergedPage {
  readonly messages: readonly MessageOf[];
  readonly next: string | null;
}

/**
 * The first `maxMessages` of what brokers gave, each as many. What isn't among them is given again behind the cursor,
 * and so is what brokers have that gave nothing (`isWhole` false): they stand where `begin` has them.
 */
export function mergePages(
  parts: readonly PartOf<BrokerPage>[],
  { begin, maxMessages, isWhole }: { readonly begin: Vector; readonly maxMessages: number; readonly isWhole: boolean },
): MergedPage {
  const all = merged(parts);
  const places = createPlaces(begin);
  for (const { brokerName, value } of parts) {
    for (const [queueId, offset] of value.offsets.entries()) places.set(brokerName, queueId, offset);
  }
  const later = all.slice(maxMessages);
  // From the last to the first, so that the first one of a queue stays.
  for (const { brokerName, queueId, queueOffset } of later.toReversed()) places.set(brokerName, queueId, queueOffset);
  const hasMore = later.length > 0 || !isWhole || parts.some(({ value }) => value.hasMore);
  return { messages: all.slice(0, maxMessages), next: hasMore ? places.text() : null };
}

/** By store time, but each broker's in its own order: the clock of one may have been set back. */
function merged(parts: readonly PartOf<BrokerPage>[]): MessageOf[] {
  const queues = parts.map(({ brokerName, value }) => ({ brokerName, messages: value.messages, next: 0 }));
  const all: MessageOf[] = [];
  for (;;) {
    let first: (typeof queues)[number] | undefined;
    for (const queue of queues) {
      if (queue.next < queue.messages.length && (!first || timeOf(queue) < timeOf(first))) first = queue;
    }
    const message = first?.messages[first.next];
    if (!first || !message) return all;
    first.next++;
    all.push({ brokerName: first.brokerName, ...message });
  }
}

function timeOf({ messages, next }: { readonly messages: readonly Message[]; readonly next: number }): Int64 {
  return messages[next]?.storeTimestamp ?? 0;
}
