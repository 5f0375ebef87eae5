import { Int32, Int64, IntegerKeyed, Name, type Static, Type } from "../schema/types.ts";
import { jsonBody } from "./json.ts";

/** LogicQueueMappingItem: a stretch of a logical queue and the physical queue that holds it. */
const MappingItem = Type.Object(
  {
    gen: Int32("generation of the mapping"),
    queueId: Int32("physical queue"),
    bname: Name("broker name"),
    logicOffset: Int64("logical offset of the stretch's start; -1 while it isn't settled"),
    startOffset: Int64("physical offset of its start"),
    endOffset: Int64("physical offset behind its end; -1 while it grows"),
    timeOfStart: Int64("when it began, epoch milliseconds; -1 when unknown"),
    timeOfEnd: Int64("when it ended, epoch milliseconds; -1 when unknown"),
  },
  { additionalProperties: false },
);

const mapping = {
  topic: Name("topic name"),
  scope: Type.String({ description: "name that the mapping applies to; __global__ without one" }),
  totalQueues: Int32("logical queues of the topic"),
  bname: Name("broker name"),
  epoch: Int64("version of the mapping, epoch milliseconds"),
  dirty: Type.Boolean({ description: "whether it is outdated" }),
  currIdMap: Type.Optional(IntegerKeyed(Int32("physical queue"), "physical queue by logical queue")),
};

/** TopicQueueMappingInfo: which logical queues of a static topic a broker writes. */
export const TopicQueueMapping = Type.Object(mapping, { additionalProperties: false });

/** TopicQueueMappingDetail: the same, with the history of each queue. */
export const TopicQueueMappingDetail = Type.Object(
  {
    ...mapping,
    hostedQueues: Type.Optional(IntegerKeyed(Type.Array(MappingItem), "stretches by logical queue, the oldest first")),
  },
  { additionalProperties: false, description: "Queues of a static topic (TopicQueueMappingDetail), since 5.0" },
);
export type TopicQueueMappingDetail = Static<typeof TopicQueueMappingDetail>;

export const topicQueueMappingDetail = jsonBody(TopicQueueMappingDetail);
