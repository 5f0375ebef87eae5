import { type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";
import { TopicQueueMapping, TopicQueueMappingDetail } from "./static-topic.ts";
import { DataVersion, TopicConfig, TopicConfigSerializeWrapper } from "./topic-config.ts";

/** TopicConfigSerializeWrapper, since 5.0 TopicConfigAndMappingSerializeWrapper: every topic of a broker. */
export const TopicConfigTable = Type.Object({
  ...TopicConfigSerializeWrapper.properties,
  mappingDataVersion: Type.Optional(DataVersion),
  topicQueueMappingInfoMap: Type.Optional(
    Type.Record(Type.String(), TopicQueueMapping, { description: "queues of static topics, since 5.0" }),
  ),
  topicQueueMappingDetailMap: Type.Optional(
    Type.Record(Type.String(), TopicQueueMappingDetail, { description: "the same with their history, since 5.0" }),
  ),
});
export type TopicConfigTable = Static<typeof TopicConfigTable>;

export const topicConfigTable = jsonBody(TopicConfigTable, ["timestamp"]);

/** TopicConfigAndQueueMapping: one topic of a broker. */
export const TopicConfigWithMapping = Type.Object({
  ...TopicConfig.properties,
  mappingDetail: Type.Optional(TopicQueueMappingDetail),
});
export type TopicConfigWithMapping = Static<typeof TopicConfigWithMapping>;

export const topicConfigWithMapping = jsonBody(TopicConfigWithMapping);

/** CreateTopicListRequestBody: several topics at once. */
export const TopicConfigList = Type.Object(
  { topicConfigList: Type.Array(TopicConfig, { description: "topics to create or change" }) },
  { additionalProperties: false },
);
export type TopicConfigList = Static<typeof TopicConfigList>;

export const topicConfigList = jsonBody(TopicConfigList);
