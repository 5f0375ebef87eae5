import type { Brokers } from "../discovery/brokers.ts";
import type { Limits } from "../limits.ts";
import { Int32, Moment, Type } from "../schema/types.ts";
import { notBeside } from "./message-filter.ts";
import { pageAnswer } from "./message-page.ts";
import { searchAnswer } from "./message-search.ts";
import { filterQuery } from "./message-view.ts";
import { momentOf } from "./moment.ts";
import type { Answer } from "./route.ts";

const DEFAULT_MESSAGES = 32;
const MAX_MESSAGES = 1_000;

/** The parameters by which messages of a topic are found. */
export const topicMessagesQuery = {
  key: Type.Optional(
    Type.String({ description: "those with this key, the newest ones: brokers look up 64 at most", minLength: 1 }),
  ),
  uniqueKey: Type.Optional(
    Type.String({ description: "those that their producer gave this id (UNIQ_KEY, their msgId)", minLength: 1 }),
  ),
  from: Type.Optional(Moment("those stored then or later")),
  to: Type.Optional(Moment("those stored then or earlier")),
  begin: Type.Optional(Moment("the same as `from`")),
  end: Type.Optional(Moment("the same as `to`")),
  limit: Type.Optional(Int32("how many at most; default 32", { minimum: 1, maximum: MAX_MESSAGES })),
  cursor: Type.Optional(
    Type.String({ description: "the `next` of the last page, in place of `from`; without a key", minLength: 1 }),
  ),
  ...filterQuery,
};

interface MessagesQuery {
  readonly key?: string;
  readonly uniqueKey?: string;
  readonly from?: string;
  readonly to?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly tags?: string;
  readonly sql?: string;
}

/** The answer to a query by a key, or by time alone. Throws `invalid-argument` for parameters that exclude each other. */
export async function topicMessagesAnswer(
  topic: string,
  query: MessagesQuery,
  brokers: Brokers,
  limits: Pick<Limits, "timeoutMillis">,
): Promise<Answer> {
  const { key, uniqueKey, cursor, tags, sql, limit: maxMessages = DEFAULT_MESSAGES } = query;
  refuseBoth(query, ["key", "uniqueKey"], ["begin", "from"], ["end", "to"]);
  refuseBoth(query, ["cursor", "from"], ["cursor", "begin"], ["cursor", "key"], ["cursor", "uniqueKey"]);
  refuseBoth(query, ["tags", "key"], ["sql", "key"], ["tags", "uniqueKey"], ["sql", "uniqueKey"], ["tags", "sql"]);
  const from = timeOf(query, "from", "begin") ?? 0;
  const to = timeOf(query, "to", "end") ?? Number.POSITIVE_INFINITY;
  const wanted = { topic, from, to, maxMessages };
  if (key !== undefined) return searchAnswer({ ...wanted, key, isUnique: false }, brokers);
  if (uniqueKey !== undefined) return searchAnswer({ ...wanted, key: uniqueKey, isUnique: true }, brokers);
  return pageAnswer({ ...wanted, cursor, tags, sql }, brokers, limits);
}

type Name = keyof MessagesQuery;

function refuseBoth(query: MessagesQuery, ...pairs: readonly (readonly [Name, Name])[]): void {
  const pair = pairs.find(([one, other]) => query[one] !== undefined && query[other] !== undefined);
  if (pair) throw notBeside(...pair);
}

function timeOf(query: MessagesQuery, ...names: readonly ("from" | "to" | "begin" | "end")[]): number | undefined {
  const name = names.find((each) => query[each] !== undefined);
  return name && momentOf(query[name] ?? "", name);
}
