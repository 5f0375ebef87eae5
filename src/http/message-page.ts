import type { Brokers } from "../discovery/brokers.ts";
import type { Limits } from "../limits.ts";
import { mergePages } from "../messages/merge.ts";
import { pageByTime, type Span } from "../messages/page-by-time.ts";
import { readableBrokers } from "../messages/queues.ts";
import { gatheredAnswer, isAbsent } from "./gathered.ts";
import { checkFilter, filterOf } from "./message-filter.ts";
import { vectorOf } from "./message-place.ts";
import { askingOf } from "./queue-messages.ts";
import type { Answer } from "./route.ts";

interface PageQuery extends Omit<Span, "filter"> {
  /** Where the last page ended. */
  readonly cursor: string | undefined;
  readonly tags: string | undefined;
  readonly sql: string | undefined;
}

/** The messages of a topic that were stored within a time, in the order of that. Rejects as {@link gatheredAnswer}. */
export async function pageAnswer(
  { topic, from, to, maxMessages, cursor, ...query }: PageQuery,
  brokers: Brokers,
  { timeoutMillis }: Pick<Limits, "timeoutMillis">,
): Promise<Answer> {
  const filter = filterOf(query);
  const begin = cursor === undefined ? { since: from, offsets: new Map() } : vectorOf(cursor, "?cursor");
  const span = { topic, filter, from: begin.since, to, maxMessages };
  const sources = readableBrokers(await brokers.routeOf(topic));
  if (sources.length === 0) return { status: 200, body: { data: [], next: null } };
  const counts = new Map(sources.map(({ broker, queueCount }) => [broker, queueCount]));
  const outcomes = await brokers.each(
    [...counts.keys()],
    async (one, left) => {
      await checkFilter(filter, topic, one, brokers, left());
      const offsets = begin.offsets.get(one.brokerName) ?? [];
      return pageByTime(askingOf(one, brokers), span, { queueCount: counts.get(one) ?? 0, offsets }, left);
    },
    timeoutMillis,
  );
  return gatheredAnswer(outcomes, (parts) => {
    const pages = parts.map(({ broker: { brokerName }, value }) => ({ brokerName, value }));
    const isWhole = outcomes.every((outcome) => outcome.ok || isAbsent(outcome));
    const { messages, next } = mergePages(pages, { begin, maxMessages, isWhole });
    return { data: messages, next };
  });
}
