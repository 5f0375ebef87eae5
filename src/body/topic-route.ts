import type { JsonObject } from "../json/value.ts";
import { Int32, IntegerKeyed, type Static, Type } from "../schema/types.ts";
import { V4_9_4 } from "../wire/versions.ts";
import { BrokerData } from "./cluster-info.ts";
import type { BodyCodec } from "./codec.ts";
import { jsonBody } from "./json.ts";

/** QueueData: how many queues of the topic one broker has. */
export const QueueData = Type.Object(
  {
    brokerName: Type.String({ description: "broker name" }),
    readQueueNums: Int32("queues to read from"),
    writeQueueNums: Int32("queues to write to"),
    perm: Int32("bits: 4 read, 2 write, 1 inherit"),
    topicSysFlag: Int32("bits: 1 unit, 2 unit subscription"),
  },
  { title: "QueueData", description: "The queues of a topic on one broker (QueueData)" },
);
export type QueueData = Static<typeof QueueData>;

/** TopicQueueMappingInfo: which queues of a static topic a broker has, since 5.0. Passed on as it is. */
const TopicQueueMappingInfo = Type.Unsafe<JsonObject>(
  Type.Object({ currIdMap: Type.Optional(IntegerKeyed(Int32("queue of the broker"), "by queue of the topic")) }),
);

/** TopicRouteData: where a topic is. */
export const TopicRouteData = Type.Object(
  {
    orderTopicConf: Type.Optional(Type.String({ description: "order configuration, where the server sends it" })),
    queueDatas: Type.Array(QueueData),
    brokerDatas: Type.Array(BrokerData),
    filterServerTable: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: "filter servers by broker address",
    }),
    topicQueueMappingByBroker: Type.Optional(
      Type.Record(Type.String(), TopicQueueMappingInfo, { description: "queues of a static topic, since 5.0" }),
    ),
  },
  { title: "TopicRouteData", description: "Brokers and queues of a topic (TopicRouteData)" },
);
export type TopicRouteData = Static<typeof TopicRouteData>;

/** A route; strict JSON between a client and a name server that both are of 4.9.4 or newer (ClientRequestProcessor). */
export const topicRouteData: BodyCodec<TopicRouteData> = {
  ...jsonBody(TopicRouteData, ["topicSysFlag"]),
  isStrictJson: ({ version }) => version >= V4_9_4,
};
