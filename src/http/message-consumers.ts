import type { Message } from "../body/message.ts";
import { countdown } from "../client/deadline.ts";
import { getConsumeStats } from "../commands/get-consume-stats.ts";
import { getConsumerConnectionList } from "../commands/get-consumer-connection-list.ts";
import { queryTopicConsumeByWho } from "../commands/query-topic-consume-by-who.ts";
import { viewMessageById } from "../commands/view-message-by-id.ts";
import type { BrokerTarget } from "../discovery/broker-target.ts";
import type { Brokers } from "../discovery/brokers.ts";
import { Fault } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { type Static, Type } from "../schema/types.ts";
import { EmulatedBy, emulatedBy } from "./emulated.ts";
import type { MessageAtBroker } from "./message-broker.ts";
import { isDefect } from "./problem.ts";

/** TrackType of the administration tools: what became of a message in a group. */
const TrackType = Type.Enum(
  ["CONSUMED", "CONSUMED_BUT_FILTERED", "PULL", "NOT_CONSUME_YET", "NOT_ONLINE", "CONSUME_BROADCASTING", "UNKNOWN"],
  { description: "what became of it; nobody knows where the members pull by themselves, or all get it" },
);
type TrackType = Static<typeof TrackType>;

const Track = Type.Object({
  consumerGroup: Type.String({ description: "consumer group" }),
  trackType: TrackType,
  exceptionDesc: Type.Optional(Type.String({ description: "why nothing is known, in the broker's words or ours" })),
});
type Track = Static<typeof Track>;

/** What became of a message in each group that consumes its topic. */
export const MessageConsumers = Type.Object({
  data: Type.Array(Track),
  next: Type.Null(),
  topic: Type.String({ description: "its topic" }),
  emulatedBy: EmulatedBy,
});

interface Asking {
  readonly brokers: Brokers;
  readonly broker: BrokerTarget;
  /** What is left of the time, milliseconds. */
  readonly left: () => number;
}

/**
 * Asks the broker that has the message, as the administration tools track one, about one group after the other. Rejects
 * where the message isn't there.
 */
export async function trackMessage(
  { broker, offset }: MessageAtBroker,
  brokers: Brokers,
  { timeoutMillis, maxGroupsAtOnce }: Pick<Limits, "timeoutMillis" | "maxGroupsAtOnce">,
): Promise<Static<typeof MessageConsumers>> {
  const left = countdown(timeoutMillis);
  const asking = { brokers, broker, left };
  const { body } = await brokers.read(broker, viewMessageById, { offset }, left());
  if (body === null) throw new Fault("undecodable", "Cannot read the message: the broker answered without it");
  const { topic } = body;
  const { body: consuming } = await brokers.read(broker, queryTopicConsumeByWho, { topic }, left());
  const groups = [...new Set(consuming?.groupList)].sort();
  const data: Track[] = [];
  while (data.length < groups.length) {
    const some = groups.slice(data.length, data.length + maxGroupsAtOnce);
    data.push(...(await Promise.all(some.map((group) => trackOf(group, body, asking)))));
  }
  const used = [viewMessageById, queryTopicConsumeByWho, getConsumerConnectionList, getConsumeStats];
  return { data, next: null, topic, ...emulatedBy(...used) };
}

/** What became of it in one group; a group that can't be asked about hides no other. */
async function trackOf(consumerGroup: string, message: Message, asking: Asking): Promise<Track> {
  try {
    return { consumerGroup, trackType: await trackTypeOf(consumerGroup, message, asking) };
  } catch (error) {
    if (!(error instanceof Fault) || isDefect(error)) throw error;
    const { response } = error.options;
    const trackType = response?.code === CONSUMER_NOT_ONLINE ? "NOT_ONLINE" : "UNKNOWN";
    const exceptionDesc = response ? `CODE:${response.code} DESC:${response.remark ?? ""}` : error.message;
    return { consumerGroup, trackType, exceptionDesc };
  }
}

const CONSUMER_NOT_ONLINE = 206;

async function trackTypeOf(
  consumerGroup: string,
  { topic, queueId, queueOffset, tags }: Message,
  { broker, brokers, left }: Asking,
): Promise<TrackType> {
  const { body: online } = await brokers.read(broker, getConsumerConnectionList, { consumerGroup }, left());
  if (online?.consumeType === "CONSUME_ACTIVELY") return "PULL";
  if (online?.consumeType !== "CONSUME_PASSIVELY") return "UNKNOWN";
  if (online.messageModel === "BROADCASTING") return "CONSUME_BROADCASTING";
  const { body: stats } = await brokers.read(broker, getConsumeStats, { consumerGroup, topic }, left());
  const row = stats?.offsetTable.find((queue) => queue.topic === topic && queue.queueId === queueId);
  if (row === undefined || row.consumerOffset <= queueOffset) return "NOT_CONSUME_YET";
  const wanted = Object.hasOwn(online.subscriptionTable, topic) ? online.subscriptionTable[topic]?.tagsSet : undefined;
  const isWanted = !wanted || wanted.length === 0 || wanted.includes("*") || wanted.includes(tags ?? "");
  return isWanted ? "CONSUMED" : "CONSUMED_BUT_FILTERED";
}
