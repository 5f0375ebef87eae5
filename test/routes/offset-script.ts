import type { Handler } from "../support/scripted-connection.ts";
import { tells } from "./topic-queue-script.ts";

const done: Handler = () => ({});
const queue = (queueId: number, brokerName = "b1") => `{"brokerName":"${brokerName}","queueId":${queueId},"topic":"t"}`;
const version = '"dataVersion":{"counter":0,"stateVersion":0,"timestamp":1700000000000}';

/** What a broker answers of the offsets of group g: a long in it has more digits than a double. */
export const offsetScript: Readonly<Record<number, Handler>> = {
  14: () => ({ extFields: { offset: "9007199254740993" } }),
  15: done,
  43: tells(
    `{${version},"groupTopicMap":{"g":["t"]},"offsetTable":{"t@g":{0:9007199254740993,1:5},"%RETRY%g@g":{0:2},` +
      '"t@h":{0:4,1:8},"u@g":{3:1}},"pullOffsetTable":{"t@g":{1:6},"t@p":{0:7}}}',
  ),
  45: tells(`{${version},"offsetTable":{3:9007199254740993,1:1}}`),
  208: tells(
    `{"consumeTps":0.5,"offsetTable":{${queue(1)}:{"brokerOffset":9007199254740993,"consumerOffset":1,` +
      `"lastTimestamp":0,"pullOffset":4},${queue(0)}:{"brokerOffset":4,"consumerOffset":3,"lastTimestamp":1700000000000}}}`,
  ),
  222: tells(`{"offsetTable":{${queue(1)}:9007199254740993,${queue(0)}:0}}`),
  223: tells(
    `{"consumerTable":{"c2":{${queue(0)}:9007199254740993},"c1":{${queue(1)}:2,${queue(0)}:1}},"messageQueueTable":{}}`,
  ),
  303: tells(
    `{"consumeTimeSpanSet":[{"consumeTimeStamp":1700000000123,"consumeTimeStampStr":"2023-11-14#22:13:20:123",` +
      `"delayTime":7,"maxTimeStamp":1700000000124,"maxTimeStampStr":"2023-11-14#22:13:20:124",` +
      `"messageQueue":${queue(1)},"minTimeStamp":-1,"minTimeStampStr":"1969-12-31#23:59:59:999"}]}`,
  ),
  308: tells('{"correctionOffsets":{0:4,1:9223372036854775807}}'),
  314: done,
};
