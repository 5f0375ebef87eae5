import { crc32 } from "../../bytes/crc32.ts";
import { brokerHeartbeat } from "../../commands/broker-heartbeat.ts";
import { getBrokerClusterInfo } from "../../commands/get-broker-cluster-info.ts";
import { getBrokerMemberGroup } from "../../commands/get-broker-member-group.ts";
import { queryDataVersion } from "../../commands/query-data-version.ts";
import { registerBroker } from "../../commands/register-broker.ts";
import { unregisterBroker } from "../../commands/unregister-broker.ts";
import { SYSTEM_ERROR } from "../../wire/response-codes.ts";
import { dropReplicas } from "../departure.ts";
import { isEqual, register } from "../registration.ts";
import { required } from "../required.ts";
import { brokerDataOf } from "../route.ts";
import { type Served, serve } from "../serve.ts";
import { dataVersionOf, servedTopics } from "../served-topics.ts";
import type { State } from "../state.ts";
import { addressesOf, clustersOf, findReplica } from "../tables/brokers.ts";
import { ORDER_TOPIC_CONFIG } from "../tables/kv.ts";

/** An extField that no header class names (MixAll.ZONE_NAME). */
const ZONE_NAME = "__ZONE_NAME";

/** Brokers and what they say of themselves: 103, 104, 106, 322, 901, 904. */
export const brokerHandlers: readonly Served[] = [
  serve(registerBroker, (state, call) => {
    const { header, command, channel } = call;
    if (header.bodyCrc32 && header.bodyCrc32 !== crc32(command.body ?? new Uint8Array(0))) {
      return { code: SYSTEM_ERROR, remark: "crc32 not match" };
    }
    const brokerName = required(header, "brokerName");
    const master = register(state, {
      clusterName: required(header, "clusterName"),
      brokerName,
      brokerAddr: required(header, "brokerAddr"),
      brokerId: required(header, "brokerId"),
      haServerAddr: header.haServerAddr,
      zoneName: command.extFields?.[ZONE_NAME],
      heartbeatTimeoutMillis: Number(header.heartbeatTimeoutMillis ?? state.brokerExpiryMillis),
      enableActingMaster: header.enableActingMaster,
      served: servedTopics(call.body, brokerName, state.now()),
      channel,
    });
    return {
      header: { masterAddr: master?.address, haServerAddr: master?.haServerAddr },
      body: orderConfiguration(state),
    };
  }),

  serve(unregisterBroker, (state, { header: { brokerName, brokerAddr, brokerId } }) => {
    // 5.5.0 goes by the address, 3.2.6 by the id; a broker sends both, so the id counts where there is no address.
    dropReplicas(state, ({ address, id }, { name }) => {
      return name === brokerName && (brokerAddr ? address === brokerAddr : id === brokerId);
    });
    return undefined;
  }),

  serve(getBrokerClusterInfo, ({ brokers }) => ({
    body: {
      brokerAddrTable: Object.fromEntries([...brokers].map(([name, broker]) => [name, brokerDataOf(broker)])),
      clusterAddrTable: Object.fromEntries(clustersOf(brokers)),
    },
  })),

  serve(queryDataVersion, (state, call) => {
    const { clusterName, brokerAddr } = call.header;
    const replica = findReplica(state.brokers, clusterName, brokerAddr);
    if (replica === undefined) return { header: { changed: true } };
    replica.lastSeenAt = state.now();
    const { body } = call;
    const changed = body === null || !isEqual(dataVersionOf(body, state.now()), replica.dataVersion);
    return { header: { changed }, body: replica.dataVersion };
  }),

  serve(brokerHeartbeat, (state, { header: { clusterName, brokerAddr } }) => {
    const replica = findReplica(state.brokers, clusterName, brokerAddr);
    if (replica) replica.lastSeenAt = state.now();
    return undefined;
  }),

  serve(getBrokerMemberGroup, ({ brokers }, { header: { clusterName: cluster, brokerName = "" } }) => {
    const broker = brokers.get(brokerName);
    return { body: { brokerMemberGroup: { cluster, brokerName, brokerAddrs: broker ? addressesOf(broker) : {} } } };
  }),
];

/** Undefined, which is no body at all, unless the namespace was used before. */
function orderConfiguration({ kv, settings }: State) {
  const entries = settings.isOn("returnOrderTopicConfigToBroker") ? kv.entries(ORDER_TOPIC_CONFIG) : undefined;
  return entries && { table: Object.fromEntries(entries) };
}
