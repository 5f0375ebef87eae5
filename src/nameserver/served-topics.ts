import type { RegisterBrokerBody } from "../body/register-broker.ts";
import type { DataVersion } from "../body/topic-config.ts";
import type { QueueData, TopicRouteData } from "../body/topic-route.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json/value.ts";
import { arrayOf, integerOf, objectOf, textOf } from "./members.ts";
import type { TopicShare } from "./tables/topics.ts";

/** What a broker says it serves. */
export interface ServedTopics {
  readonly dataVersion: DataVersion;
  readonly shares: ReadonlyMap<string, TopicShare>;
  readonly filterServers: readonly string[];
}

/** What a TopicConfig has that leaves them out (TopicConfig.java). */
const topicDefaults = { queues: 16, perm: 6 };
const queueDataDefaults = { queues: 0, perm: 0 };

/** A registration without a body serves nothing, in the oldest version there is. */
const nothing: JsonObject = { topicConfigSerializeWrapper: { dataVersion: { counter: 0, timestamp: 0 } } };

/** Reads the body of a registration. `now` is the timestamp of one without, as it is for a new DataVersion in Java. */
export function servedTopics(body: RegisterBrokerBody | null, brokerName: string, now: number): ServedTopics {
  const root = objectOf(body === null ? nothing : (body as JsonValue), "body");
  const wrapper = objectOf(root.topicConfigSerializeWrapper, "topicConfigSerializeWrapper");
  const mappings = objectOf(wrapper.topicQueueMappingInfoMap, "topicQueueMappingInfoMap");
  const shares = new Map<string, TopicShare>();
  for (const [name, value] of Object.entries(objectOf(wrapper.topicConfigTable, "topicConfigTable"))) {
    const config = objectOf(value, "topicConfig");
    const topic = textOf(config.topicName, "topicName", name);
    const queueData = queueDataOf(config, brokerName, topicDefaults);
    const mapping = mappings[topic];
    shares.set(topic, isJsonObject(mapping) ? { queueData, mapping } : { queueData });
  }
  return {
    dataVersion: dataVersionOf(wrapper.dataVersion, now),
    shares,
    filterServers: arrayOf(root.filterServerList, "filterServerList").map((item) => textOf(item, "filterServer")),
  };
}

export function dataVersionOf(value: JsonValue | undefined, now: number): DataVersion {
  const version = objectOf(value, "dataVersion");
  return {
    counter: integerOf(version.counter, 0, "counter"),
    stateVersion: integerOf(version.stateVersion, 0, "stateVersion"),
    timestamp: integerOf(version.timestamp, now, "timestamp"),
  };
}

/** Reads the queues out of a route. */
export function queueDatasOf(route: TopicRouteData): QueueData[] {
  return arrayOf(objectOf(route as JsonValue, "body").queueDatas, "queueDatas").map((value) => {
    const data = objectOf(value, "queueData");
    return queueDataOf(data, textOf(data.brokerName, "brokerName"), queueDataDefaults);
  });
}

function queueDataOf(data: JsonObject, brokerName: string, defaults: typeof topicDefaults): QueueData {
  const number = (name: string, otherwise: number) => Number(integerOf(data[name], otherwise, name));
  return {
    brokerName,
    readQueueNums: number("readQueueNums", defaults.queues),
    writeQueueNums: number("writeQueueNums", defaults.queues),
    perm: number("perm", defaults.perm),
    topicSysFlag: number("topicSysFlag", 0),
  };
}
