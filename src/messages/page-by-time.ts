import type { Message } from "../body/message.ts";
import type { Int64 } from "../json/value.ts";
import { limits } from "../limits.ts";
import type { Filter } from "./filter.ts";
import { type Asking, pull } from "./pull.ts";
import { offsetSince, oldestOffset } from "./start.ts";

/** What to read of a topic: the messages stored from one time to another, in the order of that. */
export interface Span {
  readonly topic: string;
  readonly filter: Filter;
  /** Epoch milliseconds; 0 is the oldest message. */
  readonly from: number;
  /** Epoch milliseconds; Infinity for all there are. */
  readonly to: number;
  readonly maxMessages: number;
}

/** The messages of one broker within a span, and how far that is in each of its queues. */
export interface BrokerPage {
  /** In the order of their store time. */
  readonly messages: readonly Message[];
  /** Where to go on behind all of them, by queue id. */
  readonly offsets: readonly Int64[];
  /** Whether there are more within the span, or there may be. */
  readonly hasMore: boolean;
}

/** A queue that is being read. */
interface Reading {
  readonly queueId: number;
  at: Int64;
  /** Read, and not on the page yet. */
  waiting: readonly Message[];
  next: number;
  isAtEnd: boolean;
  pulls: number;
}

const MAX_PAGE_MESSAGES = 32;

/**
 * Reads the queues of one broker side by side, as many messages as are asked for; fewer where a filter lets too few
 * through. `offsets` says where the last page ended. Rejects as its calls do.
 */
export async function pageByTime(
  asking: Asking,
  span: Span,
  { queueCount, offsets }: { readonly queueCount: number; readonly offsets: readonly (Int64 | undefined)[] },
  left: () => number,
): Promise<BrokerPage> {
  const { topic, from, to, maxMessages, filter } = span;
  const share = Math.ceil((2 * maxMessages) / queueCount);
  const wanted = { topic, filter, maxMessages: Math.max(1, Math.min(MAX_PAGE_MESSAGES, share)) };

  async function begun(queueId: number): Promise<Reading> {
    const queue = { topic, queueId };
    const at =
      offsets[queueId] ??
      (from === 0 ? await oldestOffset(asking, queue, left()) : await offsetSince(asking, queue, from, left));
    return { queueId, at, waiting: [], next: 0, isAtEnd: false, pulls: 0 };
  }

  /** Pulls once more for a queue with nothing to show. */
  async function fill(reading: Reading): Promise<void> {
    const { queueId, at: offset } = reading;
    const { state, messages, nextOffset } = await pull(asking, { ...wanted, queueId, offset, timeoutMillis: left() });
    reading.pulls++;
    const end = messages.findIndex(({ storeTimestamp }) => storeTimestamp > to);
    reading.waiting = end < 0 ? messages : messages.slice(0, end);
    reading.next = 0;
    reading.isAtEnd = end >= 0 || state === "end" || nextOffset === offset;
    // What is beyond the span is the end of it, and isn't passed over.
    reading.at = messages[end]?.queueOffset ?? nextOffset;
  }

  const isEmpty = ({ next, waiting, isAtEnd }: Reading) => next >= waiting.length && !isAtEnd;
  const readings = await eachOf(
    Array.from({ length: queueCount }, (_, queueId) => queueId),
    begun,
  );
  const messages: Message[] = [];
  while (messages.length < maxMessages) {
    const empty = readings.filter(isEmpty);
    // Whatever stands first in a queue that isn't read yet may be older than all else.
    if (empty.some(({ pulls }) => pulls >= limits.maxPullsPerQueue)) break;
    await eachOf(empty, fill);
    if (readings.some(isEmpty)) continue;
    const first = oldest(readings);
    if (first === undefined) break;
    messages.push(first.waiting[first.next++] as Message);
  }
  return {
    messages,
    offsets: readings.map(({ waiting, next, at }) => waiting[next]?.queueOffset ?? at),
    hasMore: readings.some((reading) => isEmpty(reading) || reading.next < reading.waiting.length),
  };
}

/** The queue whose next message was stored first. */
function oldest(readings: readonly Reading[]): Reading | undefined {
  let found: Reading | undefined;
  let since: Int64 = 0;
  for (const reading of readings) {
    const message = reading.waiting[reading.next];
    if (message === undefined || (found && message.storeTimestamp >= since)) continue;
    found = reading;
    since = message.storeTimestamp;
  }
  return found;
}

/** Does something with each of them, not with too many at once. */
async function eachOf<T, R>(all: readonly T[], step: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  while (done.length < all.length) {
    const some = all.slice(done.length, done.length + limits.maxQueuesAtOnce);
    done.push(...(await Promise.all(some.map(step))));
  }
  return done;
}
