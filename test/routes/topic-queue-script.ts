import { utf8 } from "../../src/bytes/utf8.ts";
import type { Handler } from "../support/scripted-connection.ts";

/** Answers with a body of text, such as JSON of Java's dialect. */
export function tells(text: string, extFields: Record<string, string> = {}): Handler {
  return () => ({ body: utf8(text), extFields });
}

/** Answers with a header alone. */
function states(extFields: Record<string, string>): Handler {
  return () => ({ extFields });
}

const config = '"readQueueNums":8,"writeQueueNums":8,"perm":6,"topicFilterType":"SINGLE_TAG","topicSysFlag":0';
const version = '"dataVersion":{"counter":9007199254740993,"stateVersion":0,"timestamp":1700000000000}';
const done: Handler = () => ({});

/** What a broker answers of its topics, its queues and its properties. */
export const topicQueueScript: Readonly<Record<number, Handler>> = {
  21: tells(
    `{${version},"topicConfigTable":{"t2":{"topicName":"t2",${config},"order":false,"attributes":{}},` +
      `"t":{"topicName":"t",${config},"order":true,"attributes":{}}}}`,
    { totalTopicNum: "2" },
  ),
  25: done,
  26: tells("brokerName=b1\nmaxMessageSize=4194304\nrocketmqHome=C:\\mq\n"),
  29: states({ offset: "5" }),
  30: states({ offset: "9007199254740993" }),
  31: states({ offset: "3" }),
  32: states({ timestamp: "1700000000000" }),
  202: tells(
    '{"offsetTable":{{"brokerName":"b1","queueId":1,"topic":"t"}:{"lastUpdateTimestamp":0,"maxOffset":0,"minOffset":0},' +
      '{"brokerName":"b1","queueId":0,"topic":"t"}:{"lastUpdateTimestamp":1700000000000,"maxOffset":4,"minOffset":1}},' +
      '"topicPutTps":0.5}',
  ),
  300: tells('{"groupList":["g2","g1"]}'),
  301: states({ brokerName: "b1", brokerId: "0" }),
  302: done,
  305: tells('{"topicList":["TBW102","BenchmarkTest"]}'),
  306: done,
  316: done,
  329: done,
};
