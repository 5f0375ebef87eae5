import { checkClientConfig } from "../src/commands/check-client-config.ts";
import { consumerSendMsgBack } from "../src/commands/consumer-send-msg-back.ts";
import { getMinOffset } from "../src/commands/get-min-offset.ts";
import { pullMessage } from "../src/commands/pull-message.ts";
import { queryMessage } from "../src/commands/query-message.ts";
import { searchOffsetByTimestamp } from "../src/commands/search-offset-by-timestamp.ts";
import { viewMessageById } from "../src/commands/view-message-by-id.ts";
import { Fault } from "../src/errors.ts";
import { brokerIdQuery } from "../src/http/broker-target.ts";
import { CLOUD_EVENT, cloudEventOf } from "../src/http/cloud-event.ts";
import { ListOf } from "../src/http/list.ts";
import { brokerOfMessage } from "../src/http/message-broker.ts";
import { checkFilter, filterOf, notBeside } from "../src/http/message-filter.ts";
import { MessageRetry, retryMessage } from "../src/http/message-retry.ts";
import { filterQuery, MessageAtBroker } from "../src/http/message-view.ts";
import { momentOf } from "../src/http/moment.ts";
import { askingOf, messagesAt, QueueMessages, queueMessagesBody } from "../src/http/queue-messages.ts";
import { BrokerResultsOf } from "../src/http/results.ts";
import { answer, get, json, post } from "../src/http/route.ts";
import { topicMessagesAnswer, topicMessagesQuery } from "../src/http/topic-messages.ts";
import { queueNamed } from "../src/http/topic-queues.ts";
import { limits as bounds } from "../src/limits.ts";
import { offsetSince, oldestOffset } from "../src/messages/start.ts";
import { Int32, Int64, Moment, Type } from "../src/schema/types.ts";

const DEFAULT_MESSAGES = 32;
const TopicMessages = ListOf(MessageAtBroker);
const Retried = BrokerResultsOf({
  group: Type.String({ description: "consumer group" }),
  offsetMsgId: Type.String({ description: "what is redelivered" }),
  topic: Type.String({ description: "its topic" }),
  delayLevel: MessageRetry.properties.delayLevel,
});

export const messages = [
  get("/topics/{topic}/queues/{broker}/{queue}/messages", {
    summary:
      "Messages of a queue from an offset or a time on; with `Prefer: wait=5`, where there are none, those that come " +
      "within that time",
    calls: [pullMessage, getMinOffset, searchOffsetByTimestamp, checkClientConfig],
    query: {
      offset: Type.Optional(Int64("where to begin; default the oldest message", { minimum: 0 })),
      at: Type.Optional(Moment("begin with the first message that was stored then or later")),
      limit: Type.Optional(
        Int32("how many at most; default 32, which most brokers give no more than", {
          minimum: 1,
          maximum: bounds.maxPulledMessages,
        }),
      ),
      ...filterQuery,
      ...brokerIdQuery,
    },
    answers: {
      200: answer("the messages; there may be none, and `nextOffset` further on all the same", QueueMessages),
    },
    problems: { 416: "the queue has no such offset; `nextOffset` is where to go on" },
    async handle({ params, query, waitMillis = null }, { brokers }) {
      const { offset: given, at, limit: maxMessages = DEFAULT_MESSAGES, brokerId } = query;
      if (given !== undefined && at !== undefined) throw notBeside("at", "offset");
      const filter = filterOf(query);
      const time = at === undefined ? undefined : momentOf(at, "at");
      const { broker, ...queue } = await queueNamed(params, brokerId, brokers);
      await checkFilter(filter, queue.topic, broker, brokers);
      const asking = askingOf(broker, brokers);
      const begin = () => (time === undefined ? oldestOffset(asking, queue) : offsetSince(asking, queue, time));
      const offset = given ?? (await begin());
      const pulled = await messagesAt(asking, { ...queue, offset, filter, maxMessages }, waitMillis);
      const body = queueMessagesBody(broker.brokerName, pulled);
      return { status: 200, body, ...(waitMillis !== null && { etag: null }) };
    },
  }),

  get("/topics/{topic}/messages", {
    summary: "Messages of a topic by a key of theirs, or page by page by the time when they were stored",
    calls: [queryMessage, pullMessage, getMinOffset, searchOffsetByTimestamp, checkClientConfig],
    query: topicMessagesQuery,
    answers: {
      200: answer("the messages, the oldest first; a page may have none and a `next` all the same", TopicMessages),
      207: answer("those of the brokers that told", BrokerResultsOf(TopicMessages.properties)),
    },
    handle: ({ params: { topic }, query }, { brokers, limits }) => topicMessagesAnswer(topic, query, brokers, limits),
  }),

  get("/messages/{offsetMsgId}", {
    summary: "A message by its place; one that carries a CloudEvent may be had as that",
    calls: [viewMessageById],
    also: CLOUD_EVENT,
    answers: { 200: answer("the message", MessageAtBroker) },
    async handle({ params: { offsetMsgId } }, { brokers }) {
      const { broker, offset } = await brokerOfMessage(offsetMsgId, brokers);
      const { body: message } = await brokers.read(broker, viewMessageById, { offset });
      if (message === null) throw new Fault("undecodable", "Cannot read the message: the broker answered without it");
      const content = cloudEventOf(message);
      return { status: 200, body: { brokerName: broker.brokerName, ...message }, ...(content && { content }) };
    },
  }),

  post("/groups/{group}/messages/{offsetMsgId}/retry", {
    summary: "Give a message back to a group, to be delivered again later, or to its dead letters",
    calls: [viewMessageById, consumerSendMsgBack],
    body: json(MessageRetry),
    answers: { 200: answer("the broker took it", Retried) },
    problems: { 404: "there is no such message, or no broker at the address in its id" },
    handle: ({ params: { group, offsetMsgId }, body }, { brokers }) => retryMessage(group, offsetMsgId, body, brokers),
  }),
];
