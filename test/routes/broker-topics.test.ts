import { describe, expect, test } from "bun:test";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import { brokerScript } from "./broker-script.ts";
import { registerBrokers } from "./support.ts";
import { tells } from "./topic-queue-script.ts";

const up = { handlers: brokerScript };
const path = "/brokers/b1/topics";

describe("GET /brokers/{broker}/topics", () => {
  test.each([
    ["", 21, undefined],
    ["?wire=22", 21, ["GET_ALL_TOPIC_CONFIG"]],
    ["?fields=topicName", 21, ["GET_ALL_TOPIC_CONFIG"]],
    ["?type=system", 305, undefined],
  ])("%j asks by %d", async (query, code, emulatedBy) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    const { status, body } = await rig.ask(`GET ${path}${query}`);
    expect({ status, emulatedBy: body.emulatedBy }).toEqual({ status: 200, emulatedBy });
    expect(rig.brokers[0]?.arrivals.map(({ request }) => request.code)).toEqual([code]);
  });

  test("has names alone where those are asked for, in their order", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`GET ${path}?fields=topicName`)).body.data).toEqual([
      { topicName: "t" },
      { topicName: "t2" },
    ]);
    expect((await rig.ask(`GET ${path}?type=system`)).body.data).toEqual([
      { topicName: "BenchmarkTest" },
      { topicName: "TBW102" },
    ]);
  });

  test.each(["?wire=22&fields=topicName", "?type=system&wire=22", "?type=system&fields=topicName"])(
    "can't be %j at once",
    async (query) => {
      await using rig = await startRig({ brokers: [up] });
      await registerBrokers(rig, "t");
      expect((await rig.ask(`GET ${path}${query}`)).body).toMatchObject({ status: 400, errors: [{}, {}] });
      expect((await rig.ask(`GET ${path}?wire=21`)).status).toBe(400);
    },
  );

  test("has the queues of static topics with the topics, 5.x keeps them apart", async () => {
    const config =
      '"perm":6,"readQueueNums":1,"writeQueueNums":1,"topicFilterType":"SINGLE_TAG","topicSysFlag":0,"order":false';
    const mapping =
      '{"bname":"b1","dirty":false,"epoch":9,"scope":"__global__","topic":"s","totalQueues":1,"currIdMap":{0:0}';
    const item =
      '"bname":"b1","endOffset":-1,"gen":0,"logicOffset":0,"queueId":0,"startOffset":0,"timeOfEnd":-1,"timeOfStart":-1';
    const table =
      `{"dataVersion":{"counter":1,"stateVersion":0,"timestamp":2},"mappingDataVersion":{"counter":3,"stateVersion":0,` +
      `"timestamp":4},"topicConfigTable":{"s":{"topicName":"s",${config}}},"topicQueueMappingInfoMap":{"s":${mapping}}},` +
      `"topicQueueMappingDetailMap":{"s":${mapping},"hostedQueues":{0:[{${item}}]}}}}`;
    await using rig = await startRig({ brokers: [{ handlers: { ...brokerScript, 21: tells(table) } }] });
    await registerBrokers(rig, "t");
    const { body } = await rig.ask(`GET ${path}`);
    expect(body).toMatchObject({
      data: [{ topicName: "s", mappingDetail: { hostedQueues: { "0": [{ gen: 0 }] } }, mappingInfo: { epoch: 9 } }],
      mappingDataVersion: { counter: 3 },
    });
  });

  test.each([V3_2_6, V4_9_7])("is what a broker of version %d spells in its way", async (version) => {
    const spelling = version === V3_2_6 ? "timestatmp" : "timestamp";
    const table = `{"dataVersion":{"counter":1,"${spelling}":2},"topicConfigTable":{}}`;
    await using rig = await startRig({ brokers: [{ version, handlers: { ...brokerScript, 21: tells(table) } }] });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`GET ${path}`)).body).toEqual({
      data: [],
      next: null,
      dataVersion: { counter: 1, timestamp: 2 },
    });
  });

  test("is 404 for a broker that nobody knows", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    expect((await rig.ask("GET /brokers/b9/topics")).status).toBe(404);
    expect((await rig.ask(`GET ${path}?brokerId=1`)).status).toBe(404);
  });
});

test("GET /brokers/{broker}/offset is 501 with what tells more, and nothing is asked of it", async () => {
  await using rig = await startRig({ brokers: [up] });
  await registerBrokers(rig, "t");
  const { status, body } = await rig.ask("GET /brokers/b1/offset");
  expect({ status, hint: body.hint }).toEqual({
    status: 501,
    hint: "No broker serves it. GET /topics/{topic}/queues and GET /topics/{topic}/stats tell the offsets of every queue.",
  });
  expect(rig.brokers[0]?.requests(13)).toEqual([]);
  expect((await rig.ask("GET /brokers/b9/offset")).status).toBe(404);
});
