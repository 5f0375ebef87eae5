import { describe, expect, test } from "bun:test";
import type { BodyCodec } from "../../src/body/codec.ts";
import { coldDataFlow } from "../../src/body/cold-data.ts";
import { epochCache } from "../../src/body/epoch-cache.ts";
import { liteTopicInfo } from "../../src/body/lite-topics.ts";
import { producerTable } from "../../src/body/producer-connection.ts";
import { resetOffsets } from "../../src/body/queue-offsets.ts";
import { brokerNames, brokerReplicas, election, syncStateSet } from "../../src/body/replicas.ts";
import { rocksdbCheck } from "../../src/body/rocksdb-check.ts";
import { subscriptionGroupConfig } from "../../src/body/subscription-group.ts";
import { timerCheckpoint, timerMetrics } from "../../src/body/timer.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { contextOf, decoded, encoded } from "./golden.ts";
import { meaningWithRows } from "./golden-rows.ts";

const context = contextOf("5.5.0");

/** Written by the classes of 5.5.0 themselves: bodies that bodies.json has no sample of, or an empty one. */
const written: readonly [name: string, codec: BodyCodec<unknown>, text: string][] = [
  [
    "EpochEntryCache",
    epochCache,
    '{"brokerId":1,"brokerName":"broker-a","clusterName":"C","epochList":[{"endOffset":9007199254740993,"epoch":1,"startOffset":0},{"endOffset":9223372036854775807,"epoch":2,"startOffset":9007199254740993}],"maxOffset":9007199254740993}',
  ],
  ["SyncStateSet", syncStateSet, '{"syncStateSet":[1,9007199254740993],"syncStateSetEpoch":3}'],
  ["ElectMasterResponseBody without members", election, '{"syncStateSet":[1,9007199254740993]}'],
  [
    "BrokerReplicasInfo",
    brokerReplicas,
    '{"replicasInfoTable":{"broker-a":{"inSyncReplicas":[{"alive":true,"brokerAddress":"127.0.0.1:10911","brokerId":1,"brokerName":"broker-a"}],"masterAddress":"127.0.0.1:10911","masterBrokerId":1,"masterEpoch":2,"notInSyncReplicas":[{"alive":false,"brokerAddress":"127.0.0.1:10921","brokerId":9007199254740993,"brokerName":"broker-a"}],"syncStateSetEpoch":3}}}',
  ],
  ["the broker names of 1006", brokerNames, '["broker-a"]'],
  [
    "ProducerTableInfo",
    producerTable,
    '{"data":{"PG":[{"clientId":"c@1","language":"JAVA","lastUpdateTimestamp":1700000000123,"remoteIP":"/127.0.0.1:5","version":513}]}}',
  ],
  [
    "TimerMetrics",
    timerMetrics,
    '{"dataVersion":{"counter":0,"stateVersion":0,"timestamp":1795230550596},"timingCount":{"T":{"count":3,"timeStamp":1795230550596}}}',
  ],
  ["CheckRocksdbCqWriteResult", rocksdbCheck, '{"checkStatus":2}'],
  [
    "GetLiteTopicInfoResponseBody with a subscriber",
    liteTopicInfo,
    '{"liteTopic":"l","parentTopic":"P","shardingToBroker":false,"subscriber":[{"clientId":"c@1","group":"G"}]}',
  ],
  [
    "SubscriptionGroupConfig with a subscription",
    subscriptionGroupConfig,
    '{"attributes":{},"brokerId":0,"consumeBroadcastEnable":true,"consumeEnable":true,"consumeFromMinEnable":true,"consumeMessageOrderly":false,"consumeTimeoutMinute":15,"groupName":"G","groupRetryPolicy":{"type":"CUSTOMIZED"},"groupSysFlag":0,"notifyConsumerIdsChangedEnable":true,"retryMaxTimes":16,"retryQueueNums":1,"subscriptionDataSet":[{"expression":"*","expressionType":"TAG","topic":"T","version":9007199254740993}],"whichBrokerWhenConsumeSlowly":1}',
  ],
  [
    "ColdDataCgCtrService.getColdDataFlowCtrInfo",
    coldDataFlow,
    '{"runtimeTable":{"G":{"coldAcc":5,"createTimeMills":1795230550000,"lastColdReadTimeMills":1795230550000}},"configTable":{"G":1048576},"cgColdReadThreshold":3145728,"globalColdReadThreshold":104857600,"globalAcc":0}',
  ],
];

test.each(written)("%s is read to its meaning, fits its schema and is written as there", (_, codec, text) => {
  const value = codec.decode(encoded(text), context);
  expect(value).toEqual(meaningWithRows(text));
  expect(violationsOf(codec.schema, value)).toEqual([]);
  expect(decoded(codec.encode(value, context))).toBe(text);
});

test("ResetOffsetBodyForC has the rows that the map of all others is read to", () => {
  const queue = '"brokerName":"broker-a"';
  const forC = `{"offsetTable":[{${queue},"offset":9007199254740993,"queueId":3,"topic":"T"}]}`;
  const map = `{"offsetTable":{{${queue},"queueId":3,"topic":"T"}:9007199254740993}}`;
  const value = resetOffsets.decode(encoded(forC), context);
  expect(value).toEqual({
    offsetTable: [{ brokerName: "broker-a", queueId: 3, topic: "T", offset: 9007199254740993n }],
  });
  expect(resetOffsets.decode(encoded(map), context)).toEqual(value);
});

describe("TimerCheckpoint", () => {
  const hex =
    "00000000000000010000000000000002000000000000000300200000000000010000000000000000000001a1fc144a51ffffffffffffffff";
  const value = {
    lastReadTimeMs: 1,
    lastTimerLogFlushPos: 2,
    lastTimerQueueOffset: 3,
    masterTimerQueueOffset: 9007199254740993n,
    stateVersion: 0,
    timestamp: 1795230550609,
    counter: -1,
  };

  test("is seven big-endian integers of 64 bits", () => {
    expect(timerCheckpoint.decode(Uint8Array.fromHex(hex), context)).toEqual(value);
    expect(timerCheckpoint.encode(value, context).toHex()).toBe(hex);
    // Not at the beginning of its buffer, as it comes out of a frame.
    const inFrame = Uint8Array.fromHex(`ff${hex}ff`).subarray(1, 57);
    expect(timerCheckpoint.decode(inFrame, context)).toEqual(value);
  });

  test.each([0, 32, 55, 57])("of %d bytes is undecodable", (length) => {
    expect(() => timerCheckpoint.decode(new Uint8Array(length), context)).toThrow(
      `Cannot decode timer checkpoint: it has ${length} bytes`,
    );
  });
});
