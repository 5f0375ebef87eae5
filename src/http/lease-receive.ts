import { backoffMillis } from "../client/backoff.ts";
import { notification } from "../commands/notification.ts";
import type { BrokerOutcome } from "../discovery/broker-outcome.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import type { Limits } from "../limits.ts";
import { pause } from "../messages/pause.ts";
import type { LeasedMessage } from "./lease-input.ts";
import { type GroupRules, type Handout, popAt, rulesAt, type Wanted } from "./lease-pop.ts";

/** How messages are received. */
export interface Receiving {
  readonly brokers: Brokers;
  /** How long to wait for the first message, milliseconds. */
  readonly waitMillis: number;
  readonly isDry: boolean;
  readonly limits: Limits;
}

/** What was received, and what came of asking each broker that was asked. */
export interface Received {
  readonly messages: readonly LeasedMessage[];
  readonly deadLetters: readonly string[];
  readonly outcomes: readonly BrokerOutcome<Handout>[];
}

const READABLE = 4;

/**
 * The masters that hand out messages of a topic, in an order that varies, so that each is asked first as often. Where
 * none may, all of them, who say so themselves. Rejects as {@link Brokers.mastersOf}.
 */
export async function askedFor(topic: string, brokers: Brokers): Promise<BrokerTarget[]> {
  const masters = await brokers.mastersOf(topic);
  const { queueDatas } = (await brokers.routeOf(topic)).data;
  const open = new Set(queueDatas.flatMap(({ brokerName, perm }) => (perm & READABLE ? [brokerName] : [])));
  const readable = masters.filter(({ brokerName }) => open.has(brokerName));
  const targets = readable.length > 0 ? readable : masters;
  const first = Math.floor(Math.random() * targets.length);
  return [...targets.slice(first), ...targets.slice(0, first)];
}

/**
 * Takes messages of the first of some brokers that has any; where none has, of the first that gets one within the time.
 * Never rejects: a broker that fails is not asked again.
 */
export async function receive(
  targets: readonly BrokerTarget[],
  wanted: Wanted,
  { brokers, waitMillis, isDry, limits }: Receiving,
): Promise<Received> {
  const deadline = performance.now() + waitMillis;
  const remaining = () => deadline - performance.now();
  const rules = new Map<BrokerTarget, GroupRules>();
  const outcomes = new Map<BrokerTarget, BrokerOutcome<Handout>>();
  const deadLetters: string[] = [];
  const received = (messages: Handout["messages"] = []) => ({
    messages,
    deadLetters,
    outcomes: [...outcomes.values()],
  });

  async function take(broker: BrokerTarget): Promise<Handout["messages"]> {
    const [outcome] = await brokers.each([broker], async (one, left) => {
      const own = rules.get(broker) ?? (await rulesAt(one, wanted, brokers, { isDry, left }));
      rules.set(broker, own);
      return popAt(one, wanted, own, brokers, left);
    });
    if (outcome === undefined) return [];
    outcomes.set(broker, outcome);
    if (!outcome.ok) return [];
    deadLetters.push(...outcome.value.deadLetters);
    return outcome.value.messages;
  }

  for (const broker of targets) {
    const messages = await take(broker);
    if (messages.length > 0) return received(messages);
  }
  let asked = targets.filter((broker) => outcomes.get(broker)?.ok);
  for (let misses = 0; asked.length > 0 && remaining() > 0; ) {
    const pollMillis = Math.min(remaining(), limits.awaitMessagesMillis);
    const { ready, failed } = await firstReady(asked, wanted, rules, { brokers, limits, pollMillis });
    for (const outcome of failed) if (!isLate(outcome)) outcomes.set(outcome.broker, outcome);
    asked = asked.filter((broker) => !failed.some((outcome) => outcome.broker === broker));
    if (ready === null) {
      misses = 0;
      continue;
    }
    const messages = await take(ready);
    if (messages.length > 0) return received(messages);
    misses++;
    await pause(Math.max(0, Math.min(remaining(), pauseMillis(misses, limits))));
  }
  return received();
}

interface Waiting {
  readonly brokers: Brokers;
  readonly pollMillis: number;
  readonly limits: Limits;
}

interface Readiness {
  /** The first broker that may have messages, null where none has before the time is over. */
  readonly ready: BrokerTarget | null;
  readonly failed: readonly (BrokerOutcome<never> & { ok: false })[];
}

/**
 * Waits for the first broker that has messages for the group. They are told of and not handed out (NOTIFICATION): of
 * several brokers that had some at a time, those of all but one would be hidden from everybody.
 */
function firstReady(
  targets: readonly BrokerTarget[],
  { group: consumerGroup, topic, filter }: Wanted,
  rules: ReadonlyMap<BrokerTarget, GroupRules>,
  { brokers, pollMillis, limits }: Waiting,
): Promise<Readiness> {
  const failed: (BrokerOutcome<never> & { ok: false })[] = [];
  const { promise, resolve } = Promise.withResolvers<Readiness>();
  const values = { consumerGroup, topic, queueId: -1, bornTime: 0, pollTime: Math.ceil(pollMillis), ...filter };
  const asking = targets.map(async (broker) => {
    const order = rules.get(broker)?.isOrdered ?? false;
    const timeoutMillis = pollMillis + limits.timeoutMillis;
    const [outcome] = await brokers.readEach([broker], notification, { ...values, order }, timeoutMillis);
    if (outcome?.ok === false) failed.push(outcome);
    // One that has too many who wait is worth a look.
    if (outcome?.ok && (outcome.value.header.hasMsg || outcome.value.header.pollingFull))
      resolve({ ready: broker, failed });
  });
  Promise.all(asking).then(() => resolve({ ready: null, failed }));
  return promise;
}

/** Whether the caller's own limit, or a broker that says nothing, ended the waiting: then there is no message. */
function isLate(outcome: BrokerOutcome<unknown>): boolean {
  return !outcome.ok && outcome.fault.fault === "timeout";
}

function pauseMillis(misses: number, { minReceivePauseMillis, maxReceivePauseMillis }: Limits): number {
  return backoffMillis(misses, { minBackoffMillis: minReceivePauseMillis, maxBackoffMillis: maxReceivePauseMillis });
}
