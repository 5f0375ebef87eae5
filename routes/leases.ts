import { ackMessage } from "../src/commands/ack-message.ts";
import { batchAckMessage } from "../src/commands/batch-ack-message.ts";
import { changeMessageInvisibleTime } from "../src/commands/change-message-invisible-time.ts";
import { consumerSendMsgBack } from "../src/commands/consumer-send-msg-back.ts";
import { getAllSubscriptionGroupConfig } from "../src/commands/get-all-subscription-group-config.ts";
import { getSubscriptionGroupConfig } from "../src/commands/get-subscription-group-config.ts";
import { notification } from "../src/commands/notification.ts";
import { popMessage } from "../src/commands/pop-message.ts";
import { ackAnswer } from "../src/http/lease-ack.ts";
import {
  AckInput,
  AckRow,
  ReceiveInput,
  RenewInput,
  receivedMembers,
  renewedMembers,
  statedHandles,
  statedWish,
} from "../src/http/lease-input.ts";
import { askedFor, receive } from "../src/http/lease-receive.ts";
import { renewAnswer } from "../src/http/lease-renew.ts";
import { mannerQuery } from "../src/http/manner.ts";
import { BrokerResultsOf, fanOutAnswer } from "../src/http/results.ts";
import { answer, json, post } from "../src/http/route.ts";
import { Type } from "../src/schema/types.ts";

const Received = BrokerResultsOf(receivedMembers);
const Acknowledged = Type.Object({ results: Type.Array(AckRow) });
const Renewed = BrokerResultsOf(renewedMembers);

const from = Type.Union([Type.Literal("earliest"), Type.Literal("latest")], {
  description:
    "where a group begins that a broker doesn't know: default earliest; latest leaves out what is no longer in memory",
});

const OVER = "the time of the message was over: it is handed out again, with another handle";
const UNKNOWN = "there is no such topic, or no broker of the name in the handle";

export const leases = [
  post("/groups/{group}/topics/{topic}/messages/receive", {
    summary:
      "Receive messages for a consumer group, hidden from the rest of it until they are acknowledged, or for a time",
    calls: [
      popMessage,
      notification,
      getSubscriptionGroupConfig,
      getAllSubscriptionGroupConfig,
      consumerSendMsgBack,
      ackMessage,
    ],
    query: { ...mannerQuery, from: Type.Optional(from) },
    body: json(ReceiveInput),
    answers: {
      200: answer("the messages of one broker, none where none came in time", Received),
      207: answer("the same, while some brokers fail", Received),
    },
    problems: { 404: "there is no such topic, or no such group and the broker makes none" },
    async handle({ params, query, body, waitMillis: granted }, { brokers, limits }) {
      const { dryRun = false, oneway = false, from = "earliest" } = query;
      const wanted = { ...params, ...statedWish(body), from };
      const targets = await askedFor(params.topic, brokers);
      const isAnswered = !(dryRun || oneway);
      const longest = (granted ?? Number.POSITIVE_INFINITY) - limits.receiveReserveMillis;
      const waitMillis = isAnswered ? Math.min(body.waitMillis ?? 0, longest) : 0;
      // What is taken and not answered is hidden for nothing: of one broker at most.
      const asked = isAnswered ? targets : targets.slice(0, 1);
      const received = await receive(asked, wanted, { brokers, waitMillis, isDry: dryRun, limits });
      const { messages: data, deadLetters, outcomes } = received;
      return fanOutAnswer(outcomes, { body: { data, next: null, deadLetters } });
    },
  }),

  post("/groups/{group}/topics/{topic}/messages/ack", {
    summary: "Acknowledge messages that were received: the group doesn't get them again",
    calls: [ackMessage, batchAckMessage],
    body: json(AckInput),
    answers: {
      200: answer("every message is acknowledged", Acknowledged),
      207: answer("some are; a row for each says which", Acknowledged),
    },
    problems: { 404: UNKNOWN, 410: OVER },
    handle: ({ params, body }, { brokers }) => ackAnswer(statedHandles(body), params, brokers),
  }),

  post("/groups/{group}/topics/{topic}/messages/renew", {
    summary: "Hide a message that was received for another while, or give it back at once",
    calls: [changeMessageInvisibleTime],
    body: json(RenewInput),
    answers: { 200: answer("it is hidden; the handle that it had is good for nothing any more", Renewed) },
    problems: { 404: UNKNOWN, 410: OVER },
    handle: ({ params, body }, { brokers }) => renewAnswer({ ...params, ...body }, brokers),
  }),
];
