import { fromHex } from "../../src/bytes/hex.ts";
import { fromUtf8, utf8 } from "../../src/bytes/utf8.ts";
import type { Address } from "../../src/transport/socket.ts";
import type { Handler } from "../support/scripted-connection.ts";

/** Answers with a body of text, such as JSON of Java's dialect. */
export function tells(text: string): Handler {
  return () => ({ body: utf8(text) });
}

const done: Handler = () => ({});

/** A client of every group. */
export const client = "10.0.0.9@4711";

const settings =
  '"brokerId":0,"consumeBroadcastEnable":true,"consumeEnable":true,"consumeFromMinEnable":true,' +
  '"retryMaxTimes":16,"retryQueueNums":1,"whichBrokerWhenConsumeSlowly":1';
const newer =
  '"attributes":{"priority.factor":"100"},"consumeMessageOrderly":false,"consumeTimeoutMinute":15,' +
  '"groupRetryPolicy":{"type":"CUSTOMIZED"},"groupSysFlag":0,"notifyConsumerIdsChangedEnable":true';
const versions = '"dataVersion":{"counter":9007199254740993,"stateVersion":0,"timestamp":1700000000000}';

/** What 3.x tells of a group, and what 5.x does. */
export const groupOfV3 = (name: string) => `{"groupName":"${name}",${settings}}`;
export const groupOfV5 = (name: string) => `{"groupName":"${name}",${settings},${newer}}`;

/** The table of a broker with these groups. */
export function table(...groups: readonly (readonly [name: string, text: string])[]): Handler {
  const entries = groups.map(([name, text]) => `"${name}":${text}`);
  return tells(`{${versions},"forbiddenTable":{"g":{"t":4}},"subscriptionGroupTable":{${entries.join()}}}`);
}

/** A connection of the client, as a broker lists it. */
export const connection = (clientAddr: string, clientId = client) =>
  `{"clientAddr":"${clientAddr}","clientId":"${clientId}","language":"JAVA","version":513}`;

/** A consumer group with one subscription, as a broker lists it. */
export function consumers(
  connections: string,
  { consumeType = "CONSUME_PASSIVELY", messageModel = "CLUSTERING", topic = "t", tags = "", subVersion = 1 } = {},
): Handler {
  const subscription =
    `{"classFilterMode":false,"codeSet":[],"expressionType":"TAG","subString":"*","subVersion":${subVersion},` +
    `"tagsSet":[${tags}],"topic":"${topic}"}`;
  return tells(
    `{"connectionSet":[${connections}],"consumeFromWhere":"CONSUME_FROM_FIRST_OFFSET","consumeType":"${consumeType}",` +
      `"messageModel":"${messageModel}","subscriptionTable":{"${topic}":${subscription}}}`,
  );
}

/** What 5.5.0 stored as the first message of topic CatTopicP1, in queue 0, with tag TagA. */
export const storedMessage =
  "0000011ddaa320a7673dbee400000000000000070000000000000000000000000000000000000000000001a1fb6a05ab7f00000100008e86" +
  "000001a1fb6a06047f00000100002a9f0000000000000000000000000000000868656c6c6f2d76310a436174546f706963503100b0756b01" +
  "e580bc024d53475f524547494f4e0144656661756c74526567696f6e02554e49515f4b455901464430303030303030303030303030303030" +
  "303030303030303030303030303230433431333039343645303936373032314446413030303002434c55535445520144656661756c74436c" +
  "757374657202544147530154616741024b455953016361746b657931206361746b657932025741495401747275650254524143455f4f4e01" +
  "7472756502";

/** The id of the message that begins there, of a broker at an IPv4 address. */
export function offsetMsgIdAt({ host, port }: Address = { host: "0.0.0.0", port: 1 }, offset = 0): string {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, "0");
  const address = host.split(".").map((part) => hex(Number(part), 2));
  return `${address.join("")}${hex(port, 8)}${hex(offset, 16)}`;
}

/** How far the groups are in its queue. */
export const stats = (consumerOffset: number) =>
  tells(
    `{"consumeTps":0.0,"offsetTable":{{"brokerName":"b1","queueId":0,"topic":"CatTopicP1"}:` +
      `{"brokerOffset":4,"consumerOffset":${consumerOffset},"lastTimestamp":0,"pullOffset":1}}}`,
  );

/** Locks every queue that is asked for. */
const locks: Handler = ({ body }) => {
  const { mqSet } = JSON.parse(fromUtf8(body ?? new Uint8Array(), "body"));
  return { body: utf8(JSON.stringify({ lockOKMQSet: mqSet })) };
};

/** What a broker answers of its groups and of the clients that it knows. */
export const groupScript: Readonly<Record<number, Handler>> = {
  33: () => ({ body: fromHex(storedMessage) }),
  // Also the question by which it tells its version.
  38: tells(`{"consumerIdList":["${client}"]}`),
  41: locks,
  42: done,
  200: done,
  201: table(["g", groupOfV5("g")]),
  203: consumers(connection("10.0.0.9:4000")),
  204: tells(`{"connectionSet":[${connection("10.0.0.9:4000")}]}`),
  207: done,
  208: stats(1),
  300: tells('{"groupList":["g2","g1"]}'),
  307: tells(
    '{"jstack":"main","mqTable":{{"brokerName":"b1","queueId":0,"topic":"t"}:{"cachedMsgCount":0,"cachedMsgMaxOffset":0,' +
      '"cachedMsgMinOffset":0,"cachedMsgSizeInMiB":0,"commitOffset":9007199254740993,"droped":false,' +
      '"lastConsumeTimestamp":1,"lastLockTimestamp":1,"lastPullTimestamp":1,"locked":false,"transactionMsgCount":0,' +
      '"transactionMsgMaxOffset":0,"transactionMsgMinOffset":0,"tryUnlockTimes":0}},"properties":{"PROP_CLIENT_VERSION":' +
      '"V5_5_0"},"statusTable":{},"subscriptionSet":[]}',
  ),
  309: tells('{"autoCommit":true,"consumeResult":"CR_SUCCESS","order":false,"remark":null,"spentTimeMills":3}'),
};
