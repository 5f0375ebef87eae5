import { Int32, type Static, Type } from "../schema/types.ts";
import { BrokerData } from "./cluster-info.ts";
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
  { description: "The queues of a topic on one broker (QueueData)" },
);
export type QueueData = Static<typeof QueueData>;

/** TopicRouteData: where a topic is. */
export const TopicRouteData = Type.Object(
  {
    orderTopicConf: Type.Optional(Type.String({ description: "order configuration, where the server sends it" })),
    queueDatas: Type.Array(QueueData),
    brokerDatas: Type.Array(BrokerData),
    filterServerTable: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: "filter servers by broker address",
    }),
  },
  { description: "Brokers and queues of a topic (TopicRouteData)" },
);
export type TopicRouteData = Static<typeof TopicRouteData>;

export const topicRouteData = jsonBody(TopicRouteData, ["topicSysFlag"]);
