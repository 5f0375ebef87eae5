import { ackMessage } from "../commands/ack-message.ts";
import { consumerSendMsgBack } from "../commands/consumer-send-msg-back.ts";
import { getSubscriptionGroupConfig } from "../commands/get-subscription-group-config.ts";
import { popMessage } from "../commands/pop-message.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { whereServed } from "../discovery/served.ts";
import { Fault } from "../errors.ts";
import { POLLING_FULL, POLLING_TIMEOUT, PULL_NOT_FOUND } from "../wire/response-codes.ts";
import { groupAt } from "./group-table.ts";
import { extraInfoOf, type Holder, keptIn, type Lease } from "./lease-handle.ts";
import type { LeasedMessage } from "./lease-input.ts";
import { type Leased, leasedMessages } from "./lease-reply.ts";

/** What is asked of every broker. */
export interface Wanted extends Holder {
  readonly maxMessages: number;
  readonly invisibleMillis: number;
  readonly filter: { readonly expType?: string; readonly exp?: string };
  readonly attemptId: string | undefined;
  /** Where a group begins that the broker doesn't know. */
  readonly from: "earliest" | "latest";
}

/** What a broker handed out. */
export interface Handout {
  readonly messages: readonly LeasedMessage[];
  /** Ids of those that have become dead letters instead. */
  readonly deadLetters: readonly string[];
}

/** What a broker holds a group to. */
export interface GroupRules {
  readonly isOrdered: boolean;
  /** How often a message is handed out again. */
  readonly retryMaxTimes: number;
}

/** What brokers hold a group to that says nothing else (SubscriptionGroupConfig). */
const usual: GroupRules = { isOrdered: false, retryMaxTimes: 16 };

/** What a broker holds a group to; nothing that it would have to make the group for where nothing may be changed. */
export async function rulesAt(
  broker: BrokerTarget,
  { group }: Holder,
  brokers: Brokers,
  { isDry, left }: { readonly isDry: boolean; readonly left: () => number },
): Promise<GroupRules> {
  const own = async () => (await brokers.read(broker, getSubscriptionGroupConfig, { group }, left())).body;
  const known = () => groupAt(broker, group, brokers, left).catch(orNull);
  // A broker that is too old for this says so when it is asked for messages.
  const config = await whereServed(isDry ? known() : own(), async () => null);
  const { consumeMessageOrderly = usual.isOrdered, retryMaxTimes = usual.retryMaxTimes } = config ?? {};
  return { isOrdered: consumeMessageOrderly, retryMaxTimes };
}

function orNull(error: unknown): null {
  if (error instanceof Fault && error.fault === "not-found") return null;
  throw error;
}

/**
 * Takes messages that one broker has now; none is waited for, since what came when nobody waits would be hidden. A
 * message that was handed out as often as its group allows becomes a dead letter: brokers leave that to whoever receives.
 */
export async function popAt(
  broker: BrokerTarget,
  wanted: Wanted,
  rules: GroupRules,
  brokers: Brokers,
  left: () => number,
): Promise<Handout> {
  const deadLetters: string[] = [];
  for (;;) {
    const leased = await pop(broker, wanted, rules, brokers, left());
    const dead = leased.filter(({ message }) => message.deliveryAttempt > 1 + Math.max(0, rules.retryMaxTimes));
    const buried = await Promise.all(dead.map((each) => isBuried(each, broker, brokers, left())));
    const gone = new Set(dead.filter((_, index) => buried[index]));
    const messages = leased.filter((each) => !gone.has(each)).map(({ message }) => message);
    deadLetters.push(...[...gone].map(({ message }) => message.msgId));
    if (messages.length > 0 || gone.size === 0) return { messages, deadLetters };
  }
}

async function pop(
  broker: BrokerTarget,
  { group, topic, maxMessages, invisibleMillis, filter, attemptId, from }: Wanted,
  { isOrdered }: GroupRules,
  brokers: Brokers,
  left: number,
): Promise<Leased[]> {
  const values = {
    ...{ consumerGroup: group, topic, queueId: ANY_QUEUE, maxMsgNums: maxMessages, invisibleTime: invisibleMillis },
    ...{ pollTime: 0, bornTime: BROKERS_CLOCK, initMode: from === "latest" ? 1 : 0, order: isOrdered, attemptId },
    ...filter,
  };
  try {
    const { header, body } = await brokers.write(broker, popMessage, values, left);
    return leasedMessages(body ?? [], header, { group, topic }, broker.brokerName);
  } catch (error) {
    if (error instanceof Fault && nothing.has(error.options.response?.code ?? 0)) return [];
    throw error;
  }
}

const ANY_QUEUE = -1;
const BROKERS_CLOCK = 0;
const nothing: ReadonlySet<number> = new Set([PULL_NOT_FOUND, POLLING_FULL, POLLING_TIMEOUT]);

const TO_THE_DEAD = -1;

/** Whether a message is among the dead letters now. One that can't be put there is handed out once more. */
async function isBuried(
  { lease, message }: Leased,
  broker: BrokerTarget,
  brokers: Brokers,
  left: number,
): Promise<boolean> {
  const { group, topic: originTopic } = lease;
  const { commitLogOffset: offset, msgId: originMsgId } = message;
  const back = { offset, group, delayLevel: TO_THE_DEAD, originMsgId, originTopic, unitMode: false };
  try {
    await brokers.write(broker, consumerSendMsgBack, { ...back, maxReconsumeTimes: 0 }, left);
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
  // Where this fails it comes again, and becomes a dead letter twice rather than never.
  await acknowledge(broker, lease, brokers, left).catch(() => {});
  return true;
}

/** Tells a broker that a message was consumed. Rejects as {@link Brokers.write}. */
export async function acknowledge(
  broker: BrokerTarget,
  lease: Lease,
  brokers: Brokers,
  timeoutMillis: number,
): Promise<void> {
  await brokers.write(broker, ackMessage, heldValues(lease), timeoutMillis);
}

/** What names a lease in requests about it. */
export function heldValues(lease: Lease) {
  const { group: consumerGroup, queueId, queueOffset: offset } = lease;
  return { consumerGroup, topic: keptIn(lease), queueId, offset, extraInfo: extraInfoOf(lease) };
}
