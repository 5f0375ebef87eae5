import { accepted } from "../client/accepted.ts";
import { getMaxOffset } from "../commands/get-max-offset.ts";
import { getMinOffset } from "../commands/get-min-offset.ts";
import { searchOffsetByTimestamp } from "../commands/search-offset-by-timestamp.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import { everything } from "./filter.ts";
import { type Asking, pull } from "./pull.ts";

/** One queue of a topic. */
export interface QueueOfTopic {
  readonly topic: string;
  readonly queueId: number;
}

/** The oldest message of a queue that is still there. */
export async function oldestOffset({ call, target }: Asking, queue: QueueOfTopic, timeoutMillis?: number) {
  const { header } = accepted(getMinOffset, await call(getMinOffset, queue, timeoutMillis), target);
  return stated(header.offset, target);
}

/** The offset that the next message of a queue will have. */
export async function newestOffset({ call, target }: Asking, queue: QueueOfTopic, timeoutMillis?: number) {
  const { header } = accepted(getMaxOffset, await call(getMaxOffset, queue, timeoutMillis), target);
  return stated(header.offset, target);
}

const MESSAGES_AT_ONCE = 32;

/**
 * The offset of the first message that was stored at a time (epoch milliseconds) or later, or of the next one where
 * there is none. 3.x and 4.x find any message of that millisecond, or the nearest one, be it older, or the last one
 * (ConsumeQueue.getOffsetInQueueByTime), so the search is for the millisecond before, and goes on from there.
 */
export async function offsetSince(
  asking: Asking,
  queue: QueueOfTopic,
  since: number,
  left?: () => number,
): Promise<Int64> {
  const asked = { ...queue, timestamp: Math.max(since - 1, 0) };
  const found = await asking.call(searchOffsetByTimestamp, asked, left?.());
  let offset = stated(accepted(searchOffsetByTimestamp, found, asking.target).header.offset, asking.target);
  for (;;) {
    const wanted = { ...queue, offset, filter: everything, maxMessages: MESSAGES_AT_ONCE, timeoutMillis: left?.() };
    const { state, messages, nextOffset } = await pull(asking, wanted);
    const first = messages.find(({ storeTimestamp }) => storeTimestamp >= since);
    if (first) return first.queueOffset;
    if (state === "end" || nextOffset === offset) return nextOffset;
    offset = nextOffset;
  }
}

function stated(offset: Int64 | undefined, target: string): Int64 {
  if (offset !== undefined) return offset;
  throw new Fault("undecodable", `Cannot read the queue: ${target} answered without a number`, { target });
}
