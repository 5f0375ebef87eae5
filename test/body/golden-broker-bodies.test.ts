import { describe, expect, test } from "bun:test";
import { acl } from "../../src/body/acls.ts";
import { assignmentQuery, assignments } from "../../src/body/assignment.ts";
import { popAcks } from "../../src/body/batch-ack.ts";
import { brokerStats } from "../../src/body/broker-stats.ts";
import { clientCheck } from "../../src/body/client-check.ts";
import type { BodyCodec } from "../../src/body/codec.ts";
import { consumeQueue } from "../../src/body/consume-queue.ts";
import { consumeStats, consumeStatsList } from "../../src/body/consume-stats.ts";
import { consumeTimeSpan } from "../../src/body/consume-time-span.ts";
import { consumerConnection } from "../../src/body/consumer-connection.ts";
import { consumerRunningInfo } from "../../src/body/consumer-running-info.ts";
import { directConsumption } from "../../src/body/direct-consumption.ts";
import { groupForbidden } from "../../src/body/group-forbidden.ts";
import { consumerList, groupList } from "../../src/body/group-lists.ts";
import { groupSubscription } from "../../src/body/group-subscription.ts";
import { haStatus } from "../../src/body/ha-status.ts";
import { heartbeatData } from "../../src/body/heartbeat.ts";
import { liteClientInfo, liteGroupInfo } from "../../src/body/lite-consumers.ts";
import { liteSubscriptions } from "../../src/body/lite-subscription.ts";
import { brokerLiteInfo, liteTopicInfo, parentTopicInfo } from "../../src/body/lite-topics.ts";
import { lockAnswer, lockRequest } from "../../src/body/lock-batch.ts";
import { consumerOffsets, correctionOffsets, delayOffsets } from "../../src/body/offset-tables.ts";
import { producerConnection } from "../../src/body/producer-connection.ts";
import { consumerStatus, resetOffsets } from "../../src/body/queue-offsets.ts";
import { election } from "../../src/body/replicas.ts";
import { groupRequestMode, requestModes } from "../../src/body/request-mode.ts";
import { topicQueueMappingDetail } from "../../src/body/static-topic.ts";
import {
  subscriptionGroupConfig,
  subscriptionGroupList,
  subscriptionGroupTable,
} from "../../src/body/subscription-group.ts";
import { topicConfigList, topicConfigTable, topicConfigWithMapping } from "../../src/body/topic-config-table.ts";
import { topicStats } from "../../src/body/topic-stats.ts";
import { user } from "../../src/body/users.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { readGolden } from "../json/golden.ts";
import { contextOf, decoded, encoded, goldenBody } from "./golden.ts";
import { meaningWithRows, type RowMembers } from "./golden-rows.ts";

/** Every codec by the Java class of its body. */
const codecs: Readonly<Record<string, BodyCodec<unknown>>> = {
  AclInfo: acl,
  BatchAckMessageRequestBody: popAcks,
  BrokerStatsData: brokerStats,
  CheckClientRequestBody: clientCheck,
  ConsumeMessageDirectlyResult: directConsumption,
  ConsumeStats: consumeStats,
  ConsumeStatsList: consumeStatsList,
  ConsumerConnection: consumerConnection,
  ConsumerOffsetSerializeWrapper: consumerOffsets,
  ConsumerRunningInfo: consumerRunningInfo,
  CreateTopicListRequestBody: topicConfigList,
  DelayOffsetSerializeWrapper: delayOffsets,
  ElectMasterResponseBody: election,
  GetBrokerLiteInfoResponseBody: brokerLiteInfo,
  GetConsumerListByGroupResponseBody: consumerList,
  GetConsumerStatusBody: consumerStatus,
  GetLiteClientInfoResponseBody: liteClientInfo,
  GetLiteGroupInfoResponseBody: liteGroupInfo,
  GetLiteTopicInfoResponseBody: liteTopicInfo,
  GetParentTopicInfoResponseBody: parentTopicInfo,
  GroupForbidden: groupForbidden,
  GroupList: groupList,
  HARuntimeInfo: haStatus,
  HeartbeatData: heartbeatData,
  LiteSubscriptionCtlRequestBody: liteSubscriptions,
  LockBatchRequestBody: lockRequest,
  LockBatchResponseBody: lockAnswer,
  MessageRequestModeSerializeWrapper: requestModes,
  ProducerConnection: producerConnection,
  QueryAssignmentRequestBody: assignmentQuery,
  QueryAssignmentResponseBody: assignments,
  QueryConsumeQueueResponseBody: consumeQueue,
  QueryConsumeTimeSpanBody: consumeTimeSpan,
  QueryCorrectionOffsetBody: correctionOffsets,
  QuerySubscriptionResponseBody: groupSubscription,
  ResetOffsetBody: resetOffsets,
  ResetOffsetBodyForC: resetOffsets,
  SetMessageRequestModeRequestBody: groupRequestMode,
  SubscriptionGroupConfig: subscriptionGroupConfig,
  SubscriptionGroupList: subscriptionGroupList,
  SubscriptionGroupWrapper: subscriptionGroupTable,
  TopicConfigAndMappingSerializeWrapper: topicConfigTable,
  TopicConfigAndQueueMapping: topicConfigWithMapping,
  TopicConfigSerializeWrapper: topicConfigTable,
  TopicQueueMappingDetail: topicQueueMappingDetail,
  TopicStatsTable: topicStats,
  UnlockBatchRequestBody: lockRequest,
  UserInfo: user,
};

/** The maps with object keys of a body, with the name of their values in a row, none where those are objects. */
const rowMembers: Readonly<Record<string, RowMembers>> = {
  ConsumeStats: { offsetTable: undefined },
  ConsumeStatsList: { offsetTable: undefined },
  ConsumerRunningInfo: { mqTable: undefined, mqPopTable: undefined },
  GetConsumerStatusBody: { messageQueueTable: "offset", CatTopicA: "offset" },
  ResetOffsetBody: { offsetTable: "offset" },
  TopicStatsTable: { offsetTable: undefined },
};

/** Bodies that are not written as Java writes them, with the reason. They mean the same. */
const writtenOtherwise: Readonly<Record<string, string>> = {
  ResetOffsetBodyForC: "only brokers write it, to clients in C++; all others read offsets as a map",
};

/** Classes that travel only inside others, and those that no command carries. */
const noBodies = [
  ...["BatchAck", "BrokerMemberGroup", "BrokerStatsItem", "ConsumeQueueData", "ConsumeStatus", "ConsumerData"],
  ...["Connection", "CustomizedRetryPolicy", "ExponentialRetryPolicy", "GroupRetryPolicy", "MessageQueue"],
  ...["MessageQueueAssignment", "MessageQueueForC", "OffsetWrapper", "PopProcessQueueInfo", "ProcessQueueInfo"],
  ...["ProducerData", "ProducerInfo", "QueueTimeSpan", "SimpleSubscriptionData", "SubscriptionData", "TopicOffset"],
  ...["TopicQueueMappingInfo", "ClusterAclVersionInfo", "ConsumeByWho", "KVConfigSerializeWrapper"],
  ...["OffsetMovedEvent", "OffsetSerializeWrapper", "RegisterBrokerResult", "RocksDBOffsetSerializeWrapper"],
  ...["RoleChangeNotifyEntry", "RollbackStats", "TopicQueueMappingSerializeWrapper", "TopicRemappingDetailWrapper"],
];
/** Classes whose samples another test reads: those of name servers, and those that the golden file has none of. */
const elsewhere = [
  ...["BrokerData", "ClusterInfo", "DataVersion", "GetBrokerMemberGroupResponseBody", "KVTable", "QueueData"],
  ...["RegisterBrokerBody", "TopicConfig", "TopicList", "TopicRouteData"],
  ...["BrokerReplicasInfo", "EpochEntryCache", "ProducerTableInfo", "SyncStateSet"],
];

test("every class of the golden file is accounted for", () => {
  const known = [...Object.keys(codecs), ...noBodies, ...elsewhere, "_enums"];
  expect(Object.keys(readGolden("bodies.json") as object).toSorted()).toEqual(known.toSorted());
});

for (const [name, codec] of Object.entries(codecs)) {
  describe(name, () => {
    const { texts } = goldenBody(name);

    for (const [generation, text] of texts) {
      const context = contextOf(generation);
      const value = meaningWithRows(text, rowMembers[name]);

      test(`${generation} is read to its meaning, which fits the schema`, () => {
        const read = codec.decode(encoded(text), context);
        expect(read).toEqual(value);
        expect(violationsOf(codec.schema, read)).toEqual([]);
      });

      test(`${generation} is written as there`, () => {
        const written = codec.encode(value, context);
        if (name in writtenOtherwise) expect(codec.decode(written, context)).toEqual(value);
        else expect(decoded(written)).toBe(text);
      });
    }

    test("has samples", () => expect(texts.size).toBeGreaterThan(0));
  });
}
