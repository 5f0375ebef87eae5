import { deleteTopicInNamesrv } from "../../commands/delete-topic-in-namesrv.ts";
import { getRouteInfoByTopic } from "../../commands/get-route-info-by-topic.ts";
import { registerTopicInNamesrv } from "../../commands/register-topic-in-namesrv.ts";
import { V4_0_0, V4_9_4 } from "../../wire/versions.ts";
import { TOPIC_NOT_EXIST } from "../codes.ts";
import { required } from "../required.ts";
import { routeOf } from "../route.ts";
import { type Served, serve } from "../serve.ts";
import { queueDataOf, queueDefaults } from "../served-topics.ts";
import { clustersOf } from "../tables/brokers.ts";
import { ORDER_TOPIC_CONFIG } from "../tables/kv.ts";

const FAQ = "See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.";

/** Where topics are: 105, 216, and 217 as every generation but 3.x means it. */
export const routeHandlers: readonly Served[] = [
  serve(getRouteInfoByTopic, (state, { header: { topic, acceptStandardJsonOnly }, command: { version } }) => {
    const route = topic === undefined ? undefined : routeOf(state, topic);
    if (route === undefined) {
      return {
        code: TOPIC_NOT_EXIST,
        remark: `No topic route info in name server for the topic: ${topic ?? null}\n${FAQ}`,
      };
    }
    // Newer clients follow an order configuration as well, and get none unless it was switched on (orderMessageEnable).
    const isOrdered = version < V4_0_0 || state.settings.isOn("orderMessageEnable");
    const orderTopicConf = isOrdered ? state.kv.get(ORDER_TOPIC_CONFIG, topic) : undefined;
    return {
      body: orderTopicConf === undefined ? route : { ...route, orderTopicConf },
      standardJson: version >= V4_9_4 || acceptStandardJsonOnly === true,
    };
  }),

  serve(deleteTopicInNamesrv, ({ brokers, topics }, { header: { topic = "", clusterName } }) => {
    if (!clusterName) topics.delete(topic);
    else for (const name of clustersOf(brokers).get(clusterName) ?? []) topics.deleteShare(topic, name);
    return undefined;
  }),

  serve(registerTopicInNamesrv, ({ brokers, topics }, call) => {
    if (call.body === null) return undefined;
    const topic = required(call.header, "topic");
    const queueDatas = call.body.queueDatas.map((data) => queueDataOf(data, data.brokerName, queueDefaults));
    // All or nothing, as 5.5.0: a queue on an unknown broker would lead nowhere.
    if (queueDatas.every(({ brokerName }) => brokers.has(brokerName))) {
      for (const queueData of queueDatas) topics.put(topic, { queueData });
    }
    return undefined;
  }),
];
