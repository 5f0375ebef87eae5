import type { Message } from "../body/message.ts";
import { queryMessage } from "../commands/query-message.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import type { Int64 } from "../json/value.ts";

/** What to look up in the indexes of brokers. */
export interface Search {
  readonly topic: string;
  /** A key of the application's, or the UNIQ_KEY that the producer gave the message. */
  readonly key: string;
  readonly isUnique: boolean;
  /** When it was stored, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly maxMessages: number;
}

const MAX_INT64 = 2n ** 63n - 1n;
/** Indexes keep times in whole seconds. */
const INDEX_STEP_MILLIS = 1_000;

/**
 * The messages of one broker that have a key. Its index tells keys by a hash, so that each is compared again, as Java's
 * client does (MQAdminImpl.queryMessage). Rejects with `refused` (22) where there are none, and with `not-supported` for
 * a UNIQ_KEY that a broker of 3.x keeps no index of.
 */
export async function search(brokers: Brokers, broker: BrokerTarget, search: Search, left: () => number) {
  const { topic, key, isUnique, from, to, maxMessages } = search;
  if (isUnique && (await brokers.generation(broker, left())) === "3.2.6") throw noIndex(broker);
  const values = {
    topic,
    key,
    maxNum: maxMessages,
    beginTimestamp: Math.max(0, from - INDEX_STEP_MILLIS),
    endTimestamp: Number.isFinite(to) ? to : (MAX_INT64 as Int64),
    ...(isUnique && { uniqueKeyQuery: true }),
  };
  const { body } = await brokers.read(broker, queryMessage, values, left());
  const isMeant = ({ msgId, keys = [], storeTimestamp }: Message) =>
    (isUnique ? msgId === key : keys.includes(key)) && storeTimestamp >= from && storeTimestamp <= to;
  const byPlace = new Map((body ?? []).filter(isMeant).map((message) => [message.offsetMsgId, message]));
  return [...byPlace.values()];
}

function noIndex({ brokerName }: BrokerTarget): Fault {
  return new Fault(
    "not-supported",
    `Cannot look up a UNIQ_KEY: broker ${brokerName} is of 3.x, which has no index of it`,
    {
      hint: "GET /messages/{offsetMsgId} reads a message by its place; ?key= finds those with a key.",
    },
  );
}
