import { checkClientConfig } from "../src/commands/check-client-config.ts";
import { getMaxOffset } from "../src/commands/get-max-offset.ts";
import { getMinOffset } from "../src/commands/get-min-offset.ts";
import { pullMessage } from "../src/commands/pull-message.ts";
import { searchOffsetByTimestamp } from "../src/commands/search-offset-by-timestamp.ts";
import { filterOf } from "../src/http/message-filter.ts";
import { messageStreamAnswer } from "../src/http/message-stream.ts";
import { filterQuery } from "../src/http/message-view.ts";
import { answer, EVENT_STREAM, get } from "../src/http/route.ts";
import { Int32, MomentOrStart, Type } from "../src/schema/types.ts";

const EVENTS =
  "the messages, the `data` of each one line of JSON: a message with its `brokerName`; its `id` says how far the reader " +
  "then is in every queue, so that any gateway goes on behind it. An id without data says how far that is at first, and " +
  "behind messages that aren't wanted. What happens to brokers is told by comments";

export const messageStream = [
  get("/topics/{topic}/stream", {
    summary: "The messages of all queues of a topic as server-sent events, as they come; nothing is kept of who reads",
    calls: [pullMessage, getMinOffset, getMaxOffset, searchOffsetByTimestamp, checkClientConfig],
    query: {
      from: Type.Optional(
        MomentOrStart(
          "where to begin: `latest` (the default), with what is sent from now on; `earliest`, with the oldest messages; " +
            "or a time, with what was stored then or later",
        ),
      ),
      limitPerSecond: Type.Optional(Int32("how many messages a second at most", { minimum: 1, maximum: 1_000_000 })),
      lastEventId: Type.Optional(
        Type.String({ description: "as Last-Event-ID, for readers that can't set it at first", minLength: 1 }),
      ),
      ...filterQuery,
    },
    answers: { 200: answer(EVENTS) },
    problems: { 503: "too many streams are open, no server answers, or the gateway is stopping" },
    media: EVENT_STREAM,
    handle({ params: { topic }, query, lastEventId = query.lastEventId }, services) {
      const { from = "latest", limitPerSecond } = query;
      return messageStreamAnswer({ topic, filter: filterOf(query), from, lastEventId, limitPerSecond }, services);
    },
  }),
];
