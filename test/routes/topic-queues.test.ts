import { describe, expect, test } from "bun:test";
import { startRig } from "../gateway/support/rig.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { register, registerBrokers, topics } from "./support.ts";
import { tells } from "./topic-queue-script.ts";

const up = { handlers: brokerScript };
const queue = "/topics/t/queues/b1/0";

describe("GET /topics/{topic}/queues", () => {
  test("asks every master of the topic of each of its queues, and no slave", async () => {
    await using rig = await startRig({ brokers: [up, up, up] });
    const [b1, b2, slave] = rig.brokers.map(({ name }) => name);
    const wide = { topicConfigSerializeWrapper: { topicConfigTable: { t: { readQueueNums: 1, writeQueueNums: 3 } } } };
    await register(rig.ask, { brokerName: "b1", brokerAddr: b1, ...wide });
    await register(rig.ask, { brokerName: "b2", brokerAddr: b2 }, "t");
    await register(rig.ask, { brokerName: "b2", brokerId: 1, brokerAddr: slave }, "t");
    const { data } = (await rig.ask("GET /topics/t/queues")).body;
    const named = data.map((row: { brokerName: string; queueId: number }) => `${row.brokerName} ${row.queueId}`);
    expect(named).toEqual([...[0, 1, 2].map((id) => `b1 ${id}`), ...Array.from({ length: 8 }, (_, id) => `b2 ${id}`)]);
    for (const code of [30, 31, 32]) expect(rig.brokers.map((one) => one.requests(code).length)).toEqual([3, 8, 0]);
  });

  test("asks of a great many queues in turn, and tells all", async () => {
    await using rig = await startRig({ brokers: [up] });
    const topicConfigTable = { t: { readQueueNums: 600, writeQueueNums: 600 } };
    const brokerAddr = rig.brokers[0]?.name;
    await register(rig.ask, { brokerAddr, topicConfigSerializeWrapper: { topicConfigTable } });
    const { data } = (await rig.ask("GET /topics/t/queues")).body;
    expect(data.map(({ queueId }: { queueId: number }) => queueId)).toEqual(Array.from({ length: 600 }, (_, id) => id));
  });

  test("is 404 for a topic that nobody has, and 504 where nobody answers", async () => {
    await using rig = await startRig({
      brokers: [{ handlers: { ...brokerScript, 30: silent } }],
      limits: { timeoutMillis: 60 },
    });
    await registerBrokers(rig, "t");
    expect((await rig.ask("GET /topics/none/queues")).status).toBe(404);
    expect((await rig.ask("GET /topics/t/queues")).status).toBe(504);
  });
});

describe("a queue", () => {
  test.each(["8", "-1", "01", "1.0", "1e0", "x", "99999999999", "%20", "__proto__"])("%s isn't there", async (id) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    for (const rest of ["", "/offset", "/earliest-store-time"]) {
      const reply = await rig.ask(`GET /topics/t/queues/b1/${id}${rest}`);
      expect(reply).toMatchObject({ status: 404, body: { type: "/problems/not-found" } });
    }
    expect([29, 30, 31, 32].flatMap((code) => rig.brokers[0]?.requests(code) ?? [])).toEqual([]);
  });

  test("is none of a broker that hasn't the topic", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await register(rig.ask, { brokerName: "b1", brokerAddr: rig.brokers[0]?.name }, "t");
    await register(rig.ask, { brokerName: "b2", brokerAddr: rig.brokers[1]?.name }, "u");
    for (const broker of ["b2", "b9"]) {
      expect((await rig.ask(`GET /topics/t/queues/${broker}/0`)).status).toBe(404);
    }
    expect((await rig.ask(`GET ${queue}?brokerId=1`)).status).toBe(404);
  });

  test("can be one of a slave", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    const [master, slave] = rig.brokers.map(({ name }) => name);
    await register(rig.ask, { brokerAddr: master }, "t");
    await register(rig.ask, { brokerId: 1, brokerAddr: slave }, "t");
    expect((await rig.ask(`GET ${queue}?brokerId=1`)).status).toBe(200);
    expect(rig.brokers.map((one) => one.requests(30).length)).toEqual([0, 1]);
  });

  test.each([
    ["", 30, undefined, "9007199254740993"],
    ["?at=max", 30, undefined, "9007199254740993"],
    ["?at=min", 31, undefined, "3"],
    ["?at=0", 29, "0", "5"],
    ["?at=1700000000000", 29, "1700000000000", "5"],
    ["?at=2023-11-14T22:13:20.001Z", 29, "1700000000001", "5"],
    ["?at=2023-11-15T00:13:20%2B02:00", 29, "1700000000000", "5"],
  ])("has an offset %j", async (query, code, timestamp, offset) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    const reply = await rig.ask(`GET ${queue}/offset${query}`);
    expect(String(reply.body.offset)).toBe(offset);
    const { arrivals = [] } = rig.brokers[0] ?? {};
    expect(arrivals.map(({ request }) => [request.code, request.extFields])).toEqual([
      [code, { topic: "t", queueId: "0", ...(timestamp && { timestamp }) }],
    ]);
  });

  test.each(["?at=now", "?at=", "?at=2023-02-30T00:00:00Z", "?at=-1", "?at=2023-11-14T22:13:20"])(
    "has no offset %j",
    async (query) => {
      await using rig = await startRig({ brokers: [up] });
      await registerBrokers(rig, "t");
      const reply = await rig.ask(`GET ${queue}/offset${query}`);
      expect(reply).toMatchObject({ status: 400, body: { errors: [{ pointer: "?at" }] } });
    },
  );

  test("is undecodable where the broker answers without a number", async () => {
    await using rig = await startRig({ brokers: [{ handlers: { ...brokerScript, 30: () => ({}) } }] });
    await registerBrokers(rig, "t");
    expect((await rig.ask(`GET ${queue}/offset`)).body.type).toBe("/problems/undecodable");
  });
});

describe("what the masters of a topic have together", () => {
  test("are its stats: rows by queue, and what all of them take in", async () => {
    const other =
      '{"offsetTable":{{"brokerName":"b2","queueId":0,"topic":"t"}:{"lastUpdateTimestamp":1,"maxOffset":9,"minOffset":2}}';
    await using rig = await startRig({
      brokers: [up, { handlers: { ...brokerScript, 202: tells(`${other},"topicPutTps":1.25}`) } }, up],
    });
    await registerBrokers(rig, "t");
    const third = rig.brokers[2];
    if (third) third.handlers[202] = tells('{"offsetTable":{}}');
    const { data, topicPutTps } = (await rig.ask("GET /topics/t/stats")).body;
    expect(data.map(({ brokerName, queueId }: Record<string, unknown>) => `${brokerName} ${queueId}`)).toEqual([
      "b1 0",
      "b1 1",
      "b2 0",
    ]);
    expect(topicPutTps).toBe(1.75);
  });

  test("are its groups, each once, also where one of them has none of the topic", async () => {
    await using rig = await startRig({
      brokers: [
        up,
        { handlers: { ...brokerScript, 300: tells('{"groupList":["g3","g1"]}') } },
        { handlers: { ...brokerScript, 300: refusing(17) } },
      ],
    });
    await registerBrokers(rig, "t");
    const { status, body } = await rig.ask("GET /topics/t/groups");
    expect({ status, groups: body.data.map(({ group }: { group: string }) => group) }).toEqual({
      status: 200,
      groups: ["g1", "g2", "g3"],
    });
  });

  test.each(["stats", "groups", "queues"])("is asked for by the name as it is: %s", async (what) => {
    await using rig = await startRig({ brokers: [up] });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name, ...topics("%RETRY%g/1", "тема 😀") });
    for (const topic of ["%RETRY%g/1", "тема 😀"]) {
      expect((await rig.ask(`GET /topics/${encodeURIComponent(topic)}/${what}`)).status).toBe(200);
      const asked = rig.brokers[0]?.arrivals.at(-1)?.request.extFields?.topic;
      expect(asked).toBe(topic);
    }
  });
});
