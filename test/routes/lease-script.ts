import type { Message } from "../../src/body/message.ts";
import { storedMessages } from "../../src/body/stored-message.ts";
import { utf8 } from "../../src/bytes/utf8.ts";
import { type Lease, receiptHandle } from "../../src/http/lease-handle.ts";
import { message } from "../support/message.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { refusing } from "../support/scripts.ts";

const HOUR_MILLIS = 3_600_000;
export const popTime = Date.now();

/** The receipt handle of a message that broker b1 has just handed out. */
export function handleOf(lease: Partial<Lease> = {}): string {
  const holder = { group: "g", topic: "t", brokerName: "b1" };
  const times = { popTime, invisibleTime: HOUR_MILLIS, reviveQid: 3 };
  return receiptHandle({ ...holder, ...times, startOffset: 7, origin: "0", queueId: 0, queueOffset: 7, ...lease });
}

/** Hands out these messages, under the names of what was popped. */
export function popped(
  messages: readonly Message[],
  { starts = "0 0 7", order = "" }: { readonly starts?: string; readonly order?: string } = {},
): Handler {
  const body = storedMessages.encode([...messages], { version: 513, header: {} });
  const times = { popTime: String(popTime), invisibleTime: String(HOUR_MILLIS), reviveQid: "3", restNum: "0" };
  const extFields = { ...times, startOffsetInfo: starts, ...(order !== "" && { orderCountInfo: order }) };
  return () => ({ body, extFields });
}

/** Answers that there is nothing. */
export const nothing = refusing(210, "NO_MESSAGE_IN_QUEUE");

/** A group as a broker has it. */
export function group(config: object = {}): Handler {
  return () => ({ body: utf8(JSON.stringify({ groupName: "g", retryMaxTimes: 16, ...config })) });
}

/** Tells whether there are messages. */
export function tellsOf(hasMsg: boolean, pollingFull = false): Handler {
  return () => ({ extFields: { hasMsg: String(hasMsg), pollingFull: String(pollingFull) } });
}

const done: Handler = () => ({});

/** What a broker answers of messages that it hands out for a time. */
export const leaseScript: Readonly<Record<number, Handler>> = {
  36: done,
  352: group(),
  200050: popped([message()]),
  200051: done,
  200053: () => ({ extFields: { popTime: String(popTime), invisibleTime: "60000", reviveQid: "4" } }),
  200054: tellsOf(false),
  200151: done,
};
