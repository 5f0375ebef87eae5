import type { RegisterBrokerBody } from "../body/register-broker.ts";
import type { DataVersion, TopicConfigSerializeWrapper } from "../body/topic-config.ts";
import type { QueueData } from "../body/topic-route.ts";
import { Fault } from "../errors.ts";
import { isJsonObject, type JsonObject } from "../json/value.ts";
import type { TopicShare } from "./tables/topics.ts";

/** What a broker says it serves. */
export interface ServedTopics {
  readonly dataVersion: DataVersion;
  readonly shares: ReadonlyMap<string, TopicShare>;
  readonly filterServers: readonly string[];
}

/** A wrapper as it may come: nothing has to be there, and 5.x adds the queue mappings of its static topics. */
type Wrapper = Partial<TopicConfigSerializeWrapper> & { readonly topicQueueMappingInfoMap?: unknown };

/** A registration without a body serves nothing, in the oldest version there is. */
const nothing: Partial<RegisterBrokerBody> = {
  topicConfigSerializeWrapper: { dataVersion: { counter: 0, timestamp: 0 }, topicConfigTable: {} },
};

/** What the body of a registration says. `now` is the timestamp of one without, as it is for a new DataVersion in Java. */
export function servedTopics(body: RegisterBrokerBody | null, brokerName: string, now: number): ServedTopics {
  const { topicConfigSerializeWrapper, filterServerList = [] }: Partial<RegisterBrokerBody> = body ?? nothing;
  const wrapper: Wrapper = topicConfigSerializeWrapper ?? {};
  const { dataVersion, topicConfigTable = {}, topicQueueMappingInfoMap } = wrapper;
  const shares = new Map<string, TopicShare>();
  for (const [key, config] of Object.entries(topicConfigTable)) {
    const topic = config.topicName ?? key;
    const queueData = queueDataOf(config, brokerName, topicDefaults);
    shares.set(topic, { queueData, mapping: mappingOf(topicQueueMappingInfoMap, topic) });
  }
  return { dataVersion: dataVersionOf(dataVersion, now), shares, filterServers: filterServerList };
}

export function dataVersionOf(version: Partial<DataVersion> | undefined, now: number): DataVersion {
  const { counter = 0, stateVersion = 0, timestamp = now } = version ?? {};
  return { counter, stateVersion, timestamp };
}

type Queues = Omit<QueueData, "brokerName">;

/** What a TopicConfig has that leaves them out, and what a QueueData has (the fields of the Java classes). */
const topicDefaults: Queues = { readQueueNums: 16, writeQueueNums: 16, perm: 6, topicSysFlag: 0 };
export const queueDefaults: Queues = { readQueueNums: 0, writeQueueNums: 0, perm: 0, topicSysFlag: 0 };

/** The queues of a topic on a broker; what is absent of them has its default. */
export function queueDataOf(queues: Partial<Queues>, brokerName: string, defaults: Queues): QueueData {
  const given = { ...defaults, ...queues };
  const int32 = (name: keyof Queues) => checkInt32(given[name], name);
  return {
    brokerName,
    readQueueNums: int32("readQueueNums"),
    writeQueueNums: int32("writeQueueNums"),
    perm: int32("perm"),
    topicSysFlag: int32("topicSysFlag"),
  };
}

/** Bodies tell integers from all else, but not how long they are. */
function checkInt32(value: number | bigint, name: string): number {
  if (value === Number(BigInt.asIntN(32, BigInt(value)))) return value;
  throw new Fault("undecodable", `Cannot decode body: ${name} has more than 32 bits`);
}

function mappingOf(mappings: unknown, topic: string): JsonObject | undefined {
  const mapping = isJsonObject(mappings) && Object.hasOwn(mappings, topic) ? mappings[topic] : undefined;
  return isJsonObject(mapping) ? mapping : undefined;
}
