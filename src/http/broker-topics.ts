import { TopicQueueMapping } from "../body/static-topic.ts";
import { DataVersion } from "../body/topic-config.ts";
import { type TopicConfigTable, TopicConfigWithMapping } from "../body/topic-config-table.ts";
import type { TopicList } from "../body/topic-list.ts";
import { getAllTopicConfig } from "../commands/get-all-topic-config.ts";
import { Type } from "../schema/types.ts";
import { EmulatedBy, emulatedBy } from "./emulated.ts";

const TopicName = Type.Object({ topicName: Type.String({ description: "topic name" }) });

const TopicRow = Type.Object({
  ...TopicConfigWithMapping.properties,
  mappingInfo: Type.Optional(TopicQueueMapping),
});

/** The topics of a broker, whole or by their names alone. */
export const BrokerTopics = Type.Object({
  data: Type.Array(Type.Union([TopicRow, TopicName])),
  next: Type.Null(),
  dataVersion: Type.Optional(DataVersion),
  mappingDataVersion: Type.Optional(DataVersion),
  emulatedBy: EmulatedBy,
});

const nothing: TopicConfigTable = { topicConfigTable: {}, dataVersion: { timestamp: 0, counter: 0 } };

/** Every topic with its queues where it is a static one, in the order of their names. */
export function configRows(table: TopicConfigTable | null) {
  const { topicConfigTable, topicQueueMappingDetailMap, topicQueueMappingInfoMap, ...versions } = table ?? nothing;
  const data = inOrder(topicConfigTable).map(([topicName, config]) => {
    const mappingDetail = memberOf(topicQueueMappingDetailMap, topicName);
    const mappingInfo = memberOf(topicQueueMappingInfoMap, topicName);
    return { ...config, topicName, ...(mappingDetail && { mappingDetail }), ...(mappingInfo && { mappingInfo }) };
  });
  return { data, next: null, ...versions };
}

/** The same for who asked by a request that brokers don't answer any more. */
export function emulatedConfigRows(table: TopicConfigTable | null) {
  return { ...configRows(table), ...emulatedBy(getAllTopicConfig) };
}

/** The names alone. */
export function emulatedNameRows(table: TopicConfigTable | null) {
  const { topicConfigTable, dataVersion } = table ?? nothing;
  const data = inOrder(topicConfigTable).map(([topicName]) => ({ topicName }));
  return { data, next: null, dataVersion, ...emulatedBy(getAllTopicConfig) };
}

/** The names in a list, each once. */
export function nameRows(list: TopicList | null) {
  return { data: [...new Set(list?.topicList)].sort().map((topicName) => ({ topicName })), next: null };
}

function inOrder<T>(table: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(table).sort(([one], [other]) => (one < other ? -1 : 1));
}

function memberOf<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}
