import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { fromUtf8, utf8 } from "../bytes/utf8.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";
import { limits } from "../limits.ts";
import { toInt64 } from "../schema/integer.ts";

/**
 * Where a message was taken from: 0 the topic itself, 1 and 2 the retry topic of a group and a topic in the two forms of
 * its name (KeyBuilder.buildPopRetryTopicV1 and V2).
 */
export type Origin = "0" | "1" | "2";

/** For whom a message was taken. */
export interface Holder {
  readonly group: string;
  /** The topic that it was sent to. */
  readonly topic: string;
}

/** A message that a broker handed out for a time: what acknowledging it needs (ExtraInfoUtil.buildExtraInfo). */
export interface Lease extends Holder {
  /** Queue offset of the first message that was handed out with it. */
  readonly startOffset: Int64;
  /** When it was handed out, epoch milliseconds by the broker's clock. */
  readonly popTime: Int64;
  /** How long it is hidden, milliseconds. */
  readonly invisibleTime: Int64;
  readonly reviveQid: Int64;
  readonly origin: Origin;
  readonly brokerName: string;
  readonly queueId: number;
  readonly queueOffset: Int64;
}

/** What the fields of a lease stand for, without its holder. */
export type Checkpoint = Omit<Lease, keyof Holder>;

const FORM = "1";
const NUMBER = /^(0|-?[1-9][0-9]{0,18})$/;
const BASE64_URL = /^[A-Za-z0-9_-]+$/;
const MAX_QUEUE_ID = 2_147_483_647;

/** The text that brokers know a lease by: property POP_CK, field extraInfo. */
export function extraInfoOf(lease: Checkpoint): string {
  const { startOffset, popTime, invisibleTime, reviveQid, origin, brokerName, queueId, queueOffset } = lease;
  return [startOffset, popTime, invisibleTime, reviveQid, origin, brokerName, queueId, queueOffset].join(" ");
}

/** What such a text states, undefined for one that isn't of that form. */
export function checkpointOf(extraInfo: string): Checkpoint | undefined {
  const parts = extraInfo.split(" ");
  const [start = "", pop = "", invisible = "", revive = "", origin, brokerName = "", queue = "", offset = ""] = parts;
  const [startOffset, popTime, invisibleTime, reviveQid] = [start, pop, invisible, revive].map(numberIn);
  const queueId = numberIn(queue);
  const queueOffset = numberIn(offset);
  if (startOffset === undefined || popTime === undefined || invisibleTime === undefined || reviveQid === undefined)
    return undefined;
  if (queueId === undefined || queueId < 0 || queueId > MAX_QUEUE_ID || queueOffset === undefined) return undefined;
  if (!isOrigin(origin) || brokerName === "" || parts.length !== 8) return undefined;
  const numbers = { startOffset, popTime, invisibleTime, reviveQid, queueId: Number(queueId), queueOffset };
  return { ...numbers, origin, brokerName };
}

function numberIn(text: string): Int64 | undefined {
  return NUMBER.test(text) ? toInt64(text) : undefined;
}

function isOrigin(text: string | undefined): text is Origin {
  return text === "0" || text === "1" || text === "2";
}

/** The topic that a broker keeps what was taken in: the retry topic of the group for a message that comes again. */
export function keptIn({ group, topic, origin }: Pick<Lease, keyof Holder | "origin">): string {
  if (origin === "0") return topic;
  return `%RETRY%${group}${origin === "1" ? "_" : "+"}${topic}`;
}

/** When the message is handed out again, epoch milliseconds. */
export function visibleAtOf({ popTime, invisibleTime }: Pick<Lease, "popTime" | "invisibleTime">): Int64 {
  return toInt64(String(BigInt(popTime) + BigInt(invisibleTime))) ?? popTime;
}

/** Whether its time is over. A broker that is told of it then answers success and does nothing. */
export function isOver(lease: Lease): boolean {
  return visibleAtOf(lease) <= Date.now();
}

/** The receipt handle of a lease. It says all, so that any gateway can acknowledge the message. */
export function receiptHandle(lease: Lease): string {
  const text = [FORM, lease.group, lease.topic, extraInfoOf(lease)].join(" ");
  return toBase64(utf8(text)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The lease that a receipt handle states. Throws `invalid-body` for a text that is none, or that is of another group or
 * topic; where it is in the body says `pointer`.
 */
export function leaseOf(handle: string, { group, topic }: Holder, pointer: string): Lease {
  const lease = leaseIn(handle);
  // A text that says the same in another way was not made here.
  if (lease === undefined || receiptHandle(lease) !== handle) throw unreadable(pointer, "is no receipt handle");
  if (lease.group === group && lease.topic === topic) return lease;
  throw unreadable(pointer, `is one of group ${lease.group} and topic ${lease.topic}`);
}

function leaseIn(handle: string): Lease | undefined {
  if (handle.length > limits.maxReceiptHandleChars || !BASE64_URL.test(handle)) return undefined;
  try {
    const text = fromUtf8(fromBase64(handle.replaceAll("-", "+").replaceAll("_", "/")), "receipt handle");
    const [form, group, topic, ...rest] = text.split(" ");
    const checkpoint = checkpointOf(rest.join(" "));
    return form === FORM && group && topic && checkpoint ? { group, topic, ...checkpoint } : undefined;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function unreadable(pointer: string, detail: string): Fault {
  return new Fault("invalid-body", `Cannot take the body: ${pointer} ${detail}`, {
    violations: [{ pointer, detail }],
    hint: "A receipt handle is taken as it came, under the group and the topic that the message was received with.",
  });
}
