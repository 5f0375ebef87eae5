import { ackLiteMessage } from "./ack-lite-message.ts";
import { ackMessage } from "./ack-message.ts";
import { addBroker } from "./add-broker.ts";
import { addWritePermOfBroker } from "./add-write-perm-of-broker.ts";
import { adjustConsumerThreadPool } from "./adjust-consumer-thread-pool.ts";
import { authCreateAcl } from "./auth-create-acl.ts";
import { authCreateUser } from "./auth-create-user.ts";
import { authDeleteAcl } from "./auth-delete-acl.ts";
import { authDeleteUser } from "./auth-delete-user.ts";
import { authGetAcl } from "./auth-get-acl.ts";
import { authGetUser } from "./auth-get-user.ts";
import { authListAcl } from "./auth-list-acl.ts";
import { authListUser } from "./auth-list-user.ts";
import { authUpdateAcl } from "./auth-update-acl.ts";
import { authUpdateUser } from "./auth-update-user.ts";
import { batchAckMessage } from "./batch-ack-message.ts";
import { brokerCloseChannelRequest } from "./broker-close-channel-request.ts";
import { brokerHeartbeat } from "./broker-heartbeat.ts";
import { changeMessageInvisibleTime } from "./change-message-invisible-time.ts";
import { checkClientConfig } from "./check-client-config.ts";
import { checkNotActiveBrokerRequest } from "./check-not-active-broker-request.ts";
import { checkRocksdbCqWriteProgress } from "./check-rocksdb-cq-write-progress.ts";
import { checkTransactionState } from "./check-transaction-state.ts";
import { cleanBrokerData } from "./clean-broker-data.ts";
import { cleanExpiredConsumeQueue } from "./clean-expired-consume-queue.ts";
import { cleanUnusedTopic } from "./clean-unused-topic.ts";
import { cloneGroupOffset } from "./clone-group-offset.ts";
import type { Command } from "./command.ts";
import { consumeMessageDirectly } from "./consume-message-directly.ts";
import { consumeMessageDirectlyAtClient } from "./consume-message-directly-at-client.ts";
import { consumerSendMsgBack } from "./consumer-send-msg-back.ts";
import { controllerAlterSyncStateSet } from "./controller-alter-sync-state-set.ts";
import { controllerApplyBrokerId } from "./controller-apply-broker-id.ts";
import { controllerElectMaster } from "./controller-elect-master.ts";
import { controllerGetMetadataInfo } from "./controller-get-metadata-info.ts";
import { controllerGetNextBrokerId } from "./controller-get-next-broker-id.ts";
import { controllerGetReplicaInfo } from "./controller-get-replica-info.ts";
import { controllerGetSyncStateData } from "./controller-get-sync-state-data.ts";
import { controllerRegisterBroker } from "./controller-register-broker.ts";
import { deleteAclConfig } from "./delete-acl-config.ts";
import { deleteExpiredCommitLog } from "./delete-expired-commit-log.ts";
import { deleteKvConfig } from "./delete-kv-config.ts";
import { deleteKvConfigByValue } from "./delete-kv-config-by-value.ts";
import { deleteSubscriptionGroup } from "./delete-subscription-group.ts";
import { deleteTopicInBroker } from "./delete-topic-in-broker.ts";
import { deleteTopicInNamesrv } from "./delete-topic-in-namesrv.ts";
import { endTransaction } from "./end-transaction.ts";
import { exchangeBrokerHaInfo } from "./exchange-broker-ha-info.ts";
import { exportRocksdbConfigToJson } from "./export-rocksdb-config-to-json.ts";
import { getAllConsumerOffset } from "./get-all-consumer-offset.ts";
import { getAllDelayOffset } from "./get-all-delay-offset.ts";
import { getAllMessageRequestMode } from "./get-all-message-request-mode.ts";
import { getAllProducerInfo } from "./get-all-producer-info.ts";
import { getAllSubscriptionGroupConfig } from "./get-all-subscription-group-config.ts";
import { getAllTopicConfig } from "./get-all-topic-config.ts";
import { getAllTopicListFromNameserver } from "./get-all-topic-list-from-nameserver.ts";
import { getBrokerClusterAclConfig } from "./get-broker-cluster-acl-config.ts";
import { getBrokerClusterAclInfo } from "./get-broker-cluster-acl-info.ts";
import { getBrokerClusterInfo } from "./get-broker-cluster-info.ts";
import { getBrokerConfig } from "./get-broker-config.ts";
import { getBrokerConsumeStats } from "./get-broker-consume-stats.ts";
import { getBrokerEpochCache } from "./get-broker-epoch-cache.ts";
import { getBrokerHaStatus } from "./get-broker-ha-status.ts";
import { getBrokerLiteInfo } from "./get-broker-lite-info.ts";
import { getBrokerLiveInfoRequest } from "./get-broker-live-info-request.ts";
import { getBrokerMemberGroup } from "./get-broker-member-group.ts";
import { getBrokerRuntimeInfo } from "./get-broker-runtime-info.ts";
import { getClientConfig } from "./get-client-config.ts";
import { getColdDataFlowCtrInfo } from "./get-cold-data-flow-ctr-info.ts";
import { getConsumeStats } from "./get-consume-stats.ts";
import { getConsumerConnectionList } from "./get-consumer-connection-list.ts";
import { getConsumerListByGroup } from "./get-consumer-list-by-group.ts";
import { getConsumerRunningInfo } from "./get-consumer-running-info.ts";
import { getConsumerStatusFromClient } from "./get-consumer-status-from-client.ts";
import { getControllerConfig } from "./get-controller-config.ts";
import { getEarliestMsgStoreTime } from "./get-earliest-msg-store-time.ts";
import { getHasUnitSubTopicList } from "./get-has-unit-sub-topic-list.ts";
import { getHasUnitSubUnunitTopicList } from "./get-has-unit-sub-ununit-topic-list.ts";
import { getKvConfig } from "./get-kv-config.ts";
import { getKvConfigByValue } from "./get-kv-config-by-value.ts";
import { getKvListByNamespace } from "./get-kv-list-by-namespace.ts";
import { getLiteClientInfo } from "./get-lite-client-info.ts";
import { getLiteGroupInfo } from "./get-lite-group-info.ts";
import { getLiteTopicInfo } from "./get-lite-topic-info.ts";
import { getMaxOffset } from "./get-max-offset.ts";
import { getMinOffset } from "./get-min-offset.ts";
import { getNamesrvConfig } from "./get-namesrv-config.ts";
import { getParentTopicInfo } from "./get-parent-topic-info.ts";
import { getProducerConnectionList } from "./get-producer-connection-list.ts";
import { getRouteInfoByTopic } from "./get-route-info-by-topic.ts";
import { getSubscriptionGroupConfig } from "./get-subscription-group-config.ts";
import { getSyncStateDataRequest } from "./get-sync-state-data-request.ts";
import { getSystemTopicListFromBroker } from "./get-system-topic-list-from-broker.ts";
import { getSystemTopicListFromNs } from "./get-system-topic-list-from-ns.ts";
import { getTimerCheckPoint } from "./get-timer-check-point.ts";
import { getTimerMetrics } from "./get-timer-metrics.ts";
import { getTopicConfig } from "./get-topic-config.ts";
import { getTopicConfigList } from "./get-topic-config-list.ts";
import { getTopicNameList } from "./get-topic-name-list.ts";
import { getTopicStatsInfo } from "./get-topic-stats-info.ts";
import { getTopicsByCluster } from "./get-topics-by-cluster.ts";
import { getUnitTopicList } from "./get-unit-topic-list.ts";
import { heartBeat } from "./heart-beat.ts";
import { invokeBrokerToGetConsumerStatus } from "./invoke-broker-to-get-consumer-status.ts";
import { invokeBrokerToResetOffset } from "./invoke-broker-to-reset-offset.ts";
import { litePullMessage } from "./lite-pull-message.ts";
import { liteSubscriptionCtl } from "./lite-subscription-ctl.ts";
import { lockBatchMq } from "./lock-batch-mq.ts";
import { notification } from "./notification.ts";
import { notifyBrokerRoleChanged } from "./notify-broker-role-changed.ts";
import { notifyConsumerIdsChanged } from "./notify-consumer-ids-changed.ts";
import { notifyMinBrokerIdChange } from "./notify-min-broker-id-change.ts";
import { notifyUnsubscribeLite } from "./notify-unsubscribe-lite.ts";
import { peekMessage } from "./peek-message.ts";
import { pollingInfo } from "./polling-info.ts";
import { popLiteMessage } from "./pop-lite-message.ts";
import { popMessage } from "./pop-message.ts";
import { popRollback } from "./pop-rollback.ts";
import { pullMessage } from "./pull-message.ts";
import { pushReplyMessageToClient } from "./push-reply-message-to-client.ts";
import { putKvConfig } from "./put-kv-config.ts";
import { queryAssignment } from "./query-assignment.ts";
import { queryBrokerOffset } from "./query-broker-offset.ts";
import { queryConsumeQueue } from "./query-consume-queue.ts";
import { queryConsumeTimeSpan } from "./query-consume-time-span.ts";
import { queryConsumerOffset } from "./query-consumer-offset.ts";
import { queryCorrectionOffset } from "./query-correction-offset.ts";
import { queryDataVersion } from "./query-data-version.ts";
import { queryMessage } from "./query-message.ts";
import { querySubscriptionByConsumer } from "./query-subscription-by-consumer.ts";
import { queryTopicConsumeByWho } from "./query-topic-consume-by-who.ts";
import { queryTopicsByConsumer } from "./query-topics-by-consumer.ts";
import { raftBrokerHeartBeatEventRequest } from "./raft-broker-heart-beat-event-request.ts";
import { recallMessage } from "./recall-message.ts";
import { registerBroker } from "./register-broker.ts";
import { registerFilterServer } from "./register-filter-server.ts";
import { registerMessageFilterClass } from "./register-message-filter-class.ts";
import { registerTopicInNamesrv } from "./register-topic-in-namesrv.ts";
import { removeBroker } from "./remove-broker.ts";
import { removeColdDataFlowCtrConfig } from "./remove-cold-data-flow-ctr-config.ts";
import { resetConsumerClientOffset } from "./reset-consumer-client-offset.ts";
import { resetConsumerOffsetInBroker } from "./reset-consumer-offset-in-broker.ts";
import { resetConsumerOffsetInConsumer } from "./reset-consumer-offset-in-consumer.ts";
import { resetMasterFlushOffset } from "./reset-master-flush-offset.ts";
import { resumeCheckHalfMessage } from "./resume-check-half-message.ts";
import { resumeConsumer } from "./resume-consumer.ts";
import { searchOffsetByTimestamp } from "./search-offset-by-timestamp.ts";
import { sendBatchMessage } from "./send-batch-message.ts";
import { sendMessage } from "./send-message.ts";
import { sendMessageV2 } from "./send-message-v2.ts";
import { sendReplyMessage } from "./send-reply-message.ts";
import { sendReplyMessageV2 } from "./send-reply-message-v2.ts";
import { setCommitlogReadMode } from "./set-commitlog-read-mode.ts";
import { setMessageRequestMode } from "./set-message-request-mode.ts";
import { suspendConsumer } from "./suspend-consumer.ts";
import { switchTimerEngine } from "./switch-timer-engine.ts";
import { triggerDeleteFiles } from "./trigger-delete-files.ts";
import { triggerLiteDispatch } from "./trigger-lite-dispatch.ts";
import { unlockBatchMq } from "./unlock-batch-mq.ts";
import { unregisterBroker } from "./unregister-broker.ts";
import { unregisterClient } from "./unregister-client.ts";
import { updateAndCreateAclConfig } from "./update-and-create-acl-config.ts";
import { updateAndCreateStaticTopic } from "./update-and-create-static-topic.ts";
import { updateAndCreateSubscriptionGroup } from "./update-and-create-subscription-group.ts";
import { updateAndCreateSubscriptionGroupList } from "./update-and-create-subscription-group-list.ts";
import { updateAndCreateTopic } from "./update-and-create-topic.ts";
import { updateAndCreateTopicList } from "./update-and-create-topic-list.ts";
import { updateAndGetGroupForbidden } from "./update-and-get-group-forbidden.ts";
import { updateBrokerConfig } from "./update-broker-config.ts";
import { updateColdDataFlowCtrConfig } from "./update-cold-data-flow-ctr-config.ts";
import { updateConsumerOffset } from "./update-consumer-offset.ts";
import { updateControllerConfig } from "./update-controller-config.ts";
import { updateGlobalWhiteAddrsConfig } from "./update-global-white-addrs-config.ts";
import { updateNamesrvConfig } from "./update-namesrv-config.ts";
import { viewBrokerStatsData } from "./view-broker-stats-data.ts";
import { viewMessageById } from "./view-message-by-id.ts";
import { whoConsumeTheMessage } from "./who-consume-the-message.ts";
import { wipeWritePermOfBroker } from "./wipe-write-perm-of-broker.ts";

/** Every command, in order of code. */
export const catalogue: readonly Command[] = [
  sendMessage,
  pullMessage,
  queryMessage,
  queryBrokerOffset,
  queryConsumerOffset,
  updateConsumerOffset,
  updateAndCreateTopic,
  updateAndCreateTopicList,
  getAllTopicConfig,
  getTopicConfigList,
  getTopicNameList,
  updateBrokerConfig,
  getBrokerConfig,
  triggerDeleteFiles,
  getBrokerRuntimeInfo,
  searchOffsetByTimestamp,
  getMaxOffset,
  getMinOffset,
  getEarliestMsgStoreTime,
  viewMessageById,
  heartBeat,
  unregisterClient,
  consumerSendMsgBack,
  endTransaction,
  getConsumerListByGroup,
  checkTransactionState,
  notifyConsumerIdsChanged,
  lockBatchMq,
  unlockBatchMq,
  getAllConsumerOffset,
  getAllDelayOffset,
  checkClientConfig,
  getClientConfig,
  updateAndCreateAclConfig,
  deleteAclConfig,
  getBrokerClusterAclInfo,
  updateGlobalWhiteAddrsConfig,
  getBrokerClusterAclConfig,
  getTimerCheckPoint,
  getTimerMetrics,
  putKvConfig,
  getKvConfig,
  deleteKvConfig,
  registerBroker,
  unregisterBroker,
  getRouteInfoByTopic,
  getBrokerClusterInfo,
  updateAndCreateSubscriptionGroup,
  getAllSubscriptionGroupConfig,
  getTopicStatsInfo,
  getConsumerConnectionList,
  getProducerConnectionList,
  wipeWritePermOfBroker,
  getAllTopicListFromNameserver,
  deleteSubscriptionGroup,
  getConsumeStats,
  suspendConsumer,
  resumeConsumer,
  resetConsumerOffsetInConsumer,
  resetConsumerOffsetInBroker,
  adjustConsumerThreadPool,
  whoConsumeTheMessage,
  deleteTopicInBroker,
  deleteTopicInNamesrv,
  getKvConfigByValue,
  registerTopicInNamesrv,
  deleteKvConfigByValue,
  getKvListByNamespace,
  resetConsumerClientOffset,
  getConsumerStatusFromClient,
  invokeBrokerToResetOffset,
  invokeBrokerToGetConsumerStatus,
  getTopicsByCluster,
  updateAndCreateSubscriptionGroupList,
  queryTopicConsumeByWho,
  registerFilterServer,
  registerMessageFilterClass,
  queryConsumeTimeSpan,
  getSystemTopicListFromNs,
  getSystemTopicListFromBroker,
  cleanExpiredConsumeQueue,
  getConsumerRunningInfo,
  queryCorrectionOffset,
  consumeMessageDirectly,
  consumeMessageDirectlyAtClient,
  sendMessageV2,
  getUnitTopicList,
  getHasUnitSubTopicList,
  getHasUnitSubUnunitTopicList,
  cloneGroupOffset,
  viewBrokerStatsData,
  cleanUnusedTopic,
  getBrokerConsumeStats,
  updateNamesrvConfig,
  getNamesrvConfig,
  sendBatchMessage,
  queryConsumeQueue,
  queryDataVersion,
  resumeCheckHalfMessage,
  sendReplyMessage,
  sendReplyMessageV2,
  pushReplyMessageToClient,
  addWritePermOfBroker,
  getAllProducerInfo,
  deleteExpiredCommitLog,
  queryTopicsByConsumer,
  querySubscriptionByConsumer,
  getTopicConfig,
  getSubscriptionGroupConfig,
  updateAndGetGroupForbidden,
  checkRocksdbCqWriteProgress,
  exportRocksdbConfigToJson,
  litePullMessage,
  recallMessage,
  queryAssignment,
  setMessageRequestMode,
  getAllMessageRequestMode,
  updateAndCreateStaticTopic,
  getBrokerMemberGroup,
  addBroker,
  removeBroker,
  brokerHeartbeat,
  notifyMinBrokerIdChange,
  exchangeBrokerHaInfo,
  getBrokerHaStatus,
  resetMasterFlushOffset,
  controllerAlterSyncStateSet,
  controllerElectMaster,
  controllerRegisterBroker,
  controllerGetReplicaInfo,
  controllerGetMetadataInfo,
  controllerGetSyncStateData,
  getBrokerEpochCache,
  notifyBrokerRoleChanged,
  updateControllerConfig,
  getControllerConfig,
  cleanBrokerData,
  controllerGetNextBrokerId,
  controllerApplyBrokerId,
  brokerCloseChannelRequest,
  checkNotActiveBrokerRequest,
  getBrokerLiveInfoRequest,
  getSyncStateDataRequest,
  raftBrokerHeartBeatEventRequest,
  updateColdDataFlowCtrConfig,
  removeColdDataFlowCtrConfig,
  getColdDataFlowCtrInfo,
  setCommitlogReadMode,
  authCreateUser,
  authUpdateUser,
  authDeleteUser,
  authGetUser,
  authListUser,
  authCreateAcl,
  authUpdateAcl,
  authDeleteAcl,
  authGetAcl,
  authListAcl,
  switchTimerEngine,
  popMessage,
  ackMessage,
  peekMessage,
  changeMessageInvisibleTime,
  notification,
  pollingInfo,
  popRollback,
  popLiteMessage,
  liteSubscriptionCtl,
  ackLiteMessage,
  notifyUnsubscribeLite,
  getBrokerLiteInfo,
  getParentTopicInfo,
  getLiteTopicInfo,
  getLiteClientInfo,
  getLiteGroupInfo,
  triggerLiteDispatch,
  batchAckMessage,
];

const byCode = Map.groupBy(catalogue, ({ code }) => code);

/** What a code means: another thing in another generation, or at another kind of server. None for an unknown code. */
export function commandsOf(code: number): readonly Command[] {
  return byCode.get(code) ?? [];
}
