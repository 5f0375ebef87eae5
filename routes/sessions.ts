import { checkTransactionState } from "../src/commands/check-transaction-state.ts";
import { consumeMessageDirectlyAtClient } from "../src/commands/consume-message-directly-at-client.ts";
import { getConsumerRunningInfo } from "../src/commands/get-consumer-running-info.ts";
import { getConsumerStatusFromClient } from "../src/commands/get-consumer-status-from-client.ts";
import { heartBeat } from "../src/commands/heart-beat.ts";
import { notifyConsumerIdsChanged } from "../src/commands/notify-consumer-ids-changed.ts";
import { resetConsumerClientOffset } from "../src/commands/reset-consumer-client-offset.ts";
import { unregisterClient } from "../src/commands/unregister-client.ts";
import { ListOf } from "../src/http/list.ts";
import { isQuorum, mannerQuery } from "../src/http/manner.ts";
import { needSessions } from "../src/http/needs.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, del, EVENT_STREAM, get, json, post, put } from "../src/http/route.ts";
import { HeldSessionView, SessionTold, sessionAnswer, sessionPath, sessionView } from "../src/http/session.ts";
import { EVENT_NUMBER, eventNumber, eventsAnswer } from "../src/http/session-events.ts";
import { replyTo, SessionReply } from "../src/http/session-reply.ts";
import { Type } from "../src/schema/types.ts";
import { SessionInput } from "../src/sessions/spec.ts";

const Released = BrokerResultsOf({ id: Type.String() });
const ENDED = "the session has ended";
const EVENTS =
  "the events, the `data` of each one line of JSON: `transaction-check`, `group-changed`, `offsets-reset`, " +
  "`status-request`, `running-info-request`, `consume-request` and, for all else, `request` say {eventId, requestCode, " +
  "codeName, extFields, body or bodyBase64, deadline, oneway, brokerName, brokerId, brokerAddr}, where `deadline` is null " +
  "unless a reply is awaited; `gap` says {from, to} of those that were dropped unread; `expired` says {reason, at} and " +
  "is the last one";

export const sessions = [
  get("/sessions", {
    summary: "The client sessions that this gateway holds",
    answers: { 200: answer("what is held", ListOf(HeldSessionView)) },
    check: needSessions,
    handle: (_request, services) => {
      const data = needSessions(services).list().map(sessionView);
      return { status: 200, body: { data, next: null } };
    },
  }),

  post("/sessions", {
    summary: "Become a client of brokers: a member of consumer groups, a producer of producer groups",
    calls: [heartBeat],
    query: mannerQuery,
    body: json(SessionInput),
    answers: {
      201: answer("every broker took it", SessionTold),
      207: answer("some took it; it is held, and the others are tried again", SessionTold),
    },
    problems: { 404: "no name server knows a broker for it", 409: "another session has the client id" },
    check: needSessions,
    async handle({ query: { oneway = false, quorum }, body }, services) {
      const isEnough = (ok: number, all: number) => (quorum === undefined ? ok > 0 : isQuorum(quorum, ok, all));
      const request = { oneway, timeoutMillis: services.limits.timeoutMillis, isEnough };
      const opened = await needSessions(services).open(body, request);
      return sessionAnswer(opened, { status: 201, headers: { location: sessionPath(opened.id) } });
    },
  }),

  get("/sessions/{session}", {
    summary: "A client session, with how it stands at each broker",
    answers: { 200: answer("the session", HeldSessionView) },
    problems: { 410: ENDED },
    check: needSessions,
    handle: ({ params: { session } }, services) => {
      return { status: 200, body: sessionView(needSessions(services).get(session)) };
    },
  }),

  put("/sessions/{session}/heartbeat", {
    summary: "Renew a client session, and send its heartbeats at once",
    calls: [heartBeat],
    query: mannerQuery,
    answers: { 200: answer("every broker took it", SessionTold), 207: answer("some did", SessionTold) },
    problems: { 410: ENDED },
    check: needSessions,
    async handle({ params: { session }, query: { oneway = false } }, services) {
      const request = { oneway, timeoutMillis: services.limits.timeoutMillis };
      return sessionAnswer(await needSessions(services).renew(session, request));
    },
  }),

  del("/sessions/{session}", {
    summary: "Leave every group at every broker, and end a client session",
    calls: [unregisterClient],
    answers: {
      200: answer("every broker was told", Released),
      207: answer("some could not be told; they forget it with its connection", Released),
    },
    problems: { 410: ENDED },
    check: needSessions,
    async handle({ params: { session: id } }, services) {
      const request = { oneway: false, timeoutMillis: services.limits.timeoutMillis };
      return fanOutAnswer(await needSessions(services).release(id, request), { body: { id } });
    },
  }),

  get("/sessions/{session}/events", {
    summary: "What brokers tell and ask a client session, as server-sent events; it lives while they are read",
    hears: [
      checkTransactionState,
      notifyConsumerIdsChanged,
      resetConsumerClientOffset,
      getConsumerStatusFromClient,
      getConsumerRunningInfo,
      consumeMessageDirectlyAtClient,
    ],
    query: {
      lastEventId: Type.Optional(
        Type.String({
          description: "as Last-Event-ID, for readers that can't set it at first; 0 for all that is kept",
          pattern: EVENT_NUMBER,
        }),
      ),
    },
    answers: { 200: answer(EVENTS) },
    problems: { 410: ENDED, 503: "too many streams are open, or the gateway is stopping" },
    media: EVENT_STREAM,
    check: needSessions,
    handle({ params: { session }, query, lastEventId = query.lastEventId }, services) {
      const reader = needSessions(services).read(session, eventNumber(lastEventId));
      return eventsAnswer(reader, services.limits.streamCommentMillis);
    },
  }),

  post("/sessions/{session}/replies/{event}", {
    summary: "Answer what a broker asked a client session by an event",
    body: json(SessionReply),
    answers: { 204: answer("the answer is on its way to the broker") },
    problems: {
      404: "there is no such session or event",
      409: "the event has its answer, or wants none",
      410: "the session has ended, or the broker waits no longer",
    },
    check: needSessions,
    handle({ params: { session, event }, body }, services) {
      const held = needSessions(services);
      held.reply(session, event, replyTo(held.question(session, event), body));
      return { status: 204 };
    },
  }),
];
