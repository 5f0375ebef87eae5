import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import type { TopicRoute } from "../discovery/directory.ts";
import { stringifyJson } from "../json/strict.ts";
import type { Int64, JsonValue } from "../json/value.ts";
import { type Feed, openFeed } from "../messages/feed.ts";
import type { Filter } from "../messages/filter.ts";
import { readableBrokers } from "../messages/queues.ts";
import { newestOffset, offsetSince, oldestOffset } from "../messages/start.ts";
import type { Vector } from "../messages/vector.ts";
import { checkFilter } from "./message-filter.ts";
import { vectorOf } from "./message-place.ts";
import { momentOf } from "./moment.ts";
import { askingOf } from "./queue-messages.ts";
import { fanOutAnswer } from "./results.ts";
import type { Answer } from "./route.ts";
import type { Services } from "./services.ts";
import { type SseEvent, sseHeaders, sseStream } from "./sse.ts";
import { eachQueue } from "./topic-queues.ts";

/** What to read of a topic, and from where on. */
export interface StreamRequest {
  readonly topic: string;
  readonly filter: Filter;
  /** `earliest`, `latest` or a time. */
  readonly from: string;
  /** The place that a reader had come to, in place of `from`. */
  readonly lastEventId: string | undefined;
  readonly limitPerSecond: number | undefined;
}

/**
 * The messages of a topic as events. When it resolves every queue that can be reached has its place, so that what is
 * sent from then on comes.
 */
export async function messageStreamAnswer(request: StreamRequest, services: Services): Promise<Answer> {
  const { topic, filter, from, lastEventId, limitPerSecond } = request;
  const { brokers, client, limits } = services;
  const resumed = lastEventId === undefined ? null : vectorOf(lastEventId, "header:last-event-id");
  const sinceMillis = sinceOf(from);
  const route = await brokers.routeOf(topic);
  const places = await placesAt(request, route, resumed ? null : sinceMillis, services);
  const vector = resumed ?? { since: sinceMillis, offsets: places };
  const feed = openFeed({ topic, filter, vector, route, brokers, client, limits, limitPerSecond });
  const stream = sseStream({ next: () => nextEvent(feed), close: feed.close }, limits.streamCommentMillis);
  return { status: 200, headers: sseHeaders, stream };
}

/** The time since when messages are wanted, epoch milliseconds; 0 for all of them. */
function sinceOf(from: string): number {
  if (from === "earliest") return 0;
  return from === "latest" ? Date.now() : momentOf(from, "from");
}

/**
 * Where each queue begins, by broker, none where the reader brings its places. Throws what a broker has against the
 * filter, and as {@link fanOutAnswer} where none of them answers.
 */
async function placesAt(
  { topic, filter, from }: StreamRequest,
  route: TopicRoute,
  sinceMillis: number | null,
  { brokers }: Services,
): Promise<Vector["offsets"]> {
  const sources = readableBrokers(route);
  const counts = new Map(sources.map(({ broker, queueCount }) => [broker, queueCount]));
  const outcomes = await brokers.each([...counts.keys()], async (one, left) => {
    await checkFilter(filter, topic, one, brokers, left());
    const asking = askingOf(one, brokers);
    if (sinceMillis === null) return [];
    return eachQueue(counts.get(one) ?? 0, (queueId): Promise<Int64> => {
      const queue = { topic, queueId };
      if (from === "latest") return newestOffset(asking, queue, left());
      return sinceMillis === 0 ? oldestOffset(asking, queue, left()) : offsetSince(asking, queue, sinceMillis, left);
    });
  });
  const refused = outcomes.find(isRefusal);
  if (refused && !refused.ok) throw refused.fault;
  // A reader that comes back waits for brokers as one that stayed would.
  const isNoneThere = outcomes.length > 0 && outcomes.every(({ ok }) => !ok);
  if (isNoneThere && sinceMillis !== null) fanOutAnswer(outcomes, {});
  return new Map(outcomes.flatMap((one) => (one.ok ? [[one.broker.brokerName, one.value] as const] : [])));
}

/** Whether a broker has something against the request itself. */
function isRefusal(outcome: BrokerOutcome<unknown>): boolean {
  return !outcome.ok && (outcome.fault.fault === "not-supported" || outcome.fault.fault === "refused");
}

async function nextEvent(feed: Feed): Promise<SseEvent | null> {
  const item = await feed.next();
  if (item === null) return null;
  const { message, place, note } = item;
  return {
    ...(note !== undefined && { comment: note }),
    ...(place !== undefined && { id: place }),
    ...(message && { data: stringifyJson(message as JsonValue) }),
  };
}
