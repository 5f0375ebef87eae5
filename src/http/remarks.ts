import type { ServerResponse } from "../errors.ts";
import { SYSTEM_ERROR } from "../wire/response-codes.ts";

/** What a refusal means that only its remark tells apart from a failure of the server. */
interface Meaning {
  readonly requestCodes: readonly number[];
  readonly remark: RegExp;
  readonly status: number;
  readonly hint: string;
}

const offline = "A broker knows a group's clients only while they are connected to it.";
const noMessage = "An offset message id says where the message began; brokers delete old ones.";
const noSql = "Its enablePropertyFilter is false; ?tags= needs nothing.";
const writeOnly = "It is only written to: the topic's readQueueNums is less than its writeQueueNums.";
const withoutOffsets =
  "3.x and 4.x reset a group that has an offset in every queue of the topic; ?via=broker resets any.";
const elsewhere = "GET /topics/{topic}/route tells which brokers have the topic.";
const names = "4.x takes names of letters, digits, %, |, - and _, up to 127 of them, and no name of its own.";

/** Servers answer code 1 for almost anything. One row a remark, as 3.2.6, 4.9.7 and 5.5.0 write it. */
const meanings: readonly Meaning[] = [
  {
    requestCodes: [206, 224, 311, 312, 313],
    remark: /^disable$/,
    status: 403,
    hint: "The name server's enableAllTopicList or enableTopicList is false.",
  },
  { requestCodes: [17], remark: /^The specified topic | is conflict with system topic\.$/s, status: 400, hint: names },
  { requestCodes: [38], remark: /^no consumer for this group, /, status: 404, hint: offline },
  { requestCodes: [204], remark: /^the producer group\[.*\] not exist$/s, status: 404, hint: offline },
  { requestCodes: [222], remark: /^THe consumer group <.*> not exist$/s, status: 404, hint: withoutOffsets },
  { requestCodes: [222], remark: /^\[reset-offset\] reset offset failed, no topic in /, status: 404, hint: elsewhere },
  // The group isn't online, and the broker doesn't look before it asks the clients.
  {
    requestCodes: [223],
    remark: /^java\.lang\.NullPointerException.*Broker2Client\.getConsumeStatus\(/s,
    status: 404,
    hint: offline,
  },
  {
    requestCodes: [11, 46],
    remark: /^The broker does not support consumer to filter message by /,
    status: 501,
    hint: noSql,
  },
  { requestCodes: [11], remark: /^(request )?queueId\[.*\] is ill[ae]gal/i, status: 404, hint: writeOnly },
  { requestCodes: [36], remark: /^look message by offset failed, /, status: 404, hint: noMessage },
  { requestCodes: [307, 309], remark: /^The Consumer <.*> <.*> not online$/s, status: 404, hint: offline },
  { requestCodes: [33], remark: /^can not find message by the offset, /, status: 404, hint: noMessage },
  {
    requestCodes: [37],
    remark:
      /^(find prepared transaction message failed|the (producer group|transaction state table offset|commit log offset) wrong)$/i,
    status: 404,
    hint: "There is no half message at that place any more, or another one: brokers delete old ones.",
  },
  // The message isn't there, and the broker doesn't look before it sends it.
  {
    requestCodes: [309],
    remark: /^java\.lang\.NullPointerException.*AdminBrokerProcessor\.consumeMessageDirectly\(/s,
    status: 404,
    hint: noMessage,
  },
  {
    requestCodes: [302],
    remark: /^java\.lang\.Exception: registerFilterClass error, /,
    status: 422,
    hint: "The source doesn't compile, or its class isn't the one named. The filter server's log tells which.",
  },
  {
    requestCodes: [315],
    remark: /^The stats <.*> <.*> not exist$/s,
    status: 404,
    hint: "A broker counts what happened since it started: TOPIC_PUT_NUMS by topic, GROUP_GET_NUMS by topic@group.",
  },
];

/** What the remark of a refusal says of it, undefined where the code says all. */
export function meaningOf({ code, remark, requestCode }: Partial<ServerResponse>): Meaning | undefined {
  if (code !== SYSTEM_ERROR || requestCode === undefined) return undefined;
  return meanings.find((each) => each.requestCodes.includes(requestCode) && each.remark.test(remark ?? ""));
}
