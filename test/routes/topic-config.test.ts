import { describe, expect, test } from "bun:test";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript, says, topicConfig } from "./broker-script.ts";
import { register, registerBrokers, topics } from "./support.ts";

const up = { handlers: brokerScript };
const down = { brokerName: "dead", brokerAddr: "nobody:1", ...topics("t") };
const names = ["%RETRY%g", "a/b", "ns%topic", "тема 😀", "__proto__", "constructor"];

/** A broker of this generation, whose table has these topics. */
function old(version: number, ...tables: readonly string[]) {
  const entries = tables.map((topicName) => [topicName, { ...topicConfig, topicName, attributes: undefined }]);
  const dataVersion = { timestamp: 1, counter: 1 };
  return {
    version,
    handlers: { ...brokerScript, 21: says({ dataVersion, topicConfigTable: Object.fromEntries(entries) }) },
  };
}

describe("PUT /topics/{topic}", () => {
  test("sends every master of the cluster the whole of it, defaults filled in", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await registerBrokers(rig);
    await register(rig.ask, { clusterName: "c2", brokerName: "other", brokerAddr: "nobody:1" });
    const body = { readQueueNums: 4, order: true, attributes: { "message.type": "FIFO", x: null } };
    const { status } = await rig.ask("PUT /topics/t?cluster=c1", { body });
    expect(status).toBe(200);
    for (const broker of rig.brokers) {
      expect(broker.requests(17).map(({ extFields }) => extFields)).toEqual([
        {
          topic: "t",
          defaultTopic: "TBW102",
          readQueueNums: "4",
          writeQueueNums: "8",
          perm: "6",
          topicFilterType: "SINGLE_TAG",
          topicSysFlag: "0",
          order: "true",
          attributes: "+message.type=FIFO,-x",
        },
      ]);
    }
  });

  test.each(names)("takes the name %j, and GET and DELETE take it back", async (name) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    const path = `/topics/${encodeURIComponent(name)}`;
    expect((await rig.ask(`PUT ${path}?broker=b1`, { body: { topicName: name } })).body.topicName).toBe(name);
    expect((await rig.ask(`GET ${path}?broker=b1`)).status).toBe(200);
    expect((await rig.ask(`DELETE ${path}?broker=b1`)).body.topic).toBe(name);
    const [broker] = rig.brokers;
    const sent = [17, 351, 215].flatMap((code) => broker?.requests(code) ?? []);
    expect(sent.map(({ extFields }) => extFields?.topic)).toEqual([name, name, name]);
  });

  test.each([
    ["", "?cluster or ?broker is required"],
    ["?cluster=c1&broker=b1", "?broker can't be given beside ?cluster"],
    ["?cluster=c1&brokerId=0", "?brokerId needs ?broker"],
    ["?brokerId=0", "?brokerId needs ?broker"],
  ])("wants to know where: %j", async (query, reason) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    for (const operation of ["PUT", "DELETE"]) {
      const init = operation === "PUT" ? { body: {} } : {};
      expect(await rig.ask(`${operation} /topics/t${query}`, init)).toMatchObject({
        status: 400,
        body: { detail: `Cannot tell which brokers are meant: ${reason}`, errors: [expect.any(Object)] },
      });
    }
    expect(rig.brokers[0]?.requests(17)).toEqual([]);
  });

  test.each([
    [{ topicName: "u" }, "/topicName"],
    [{ perm: 16 }, "/perm"],
    [{ attributes: { "a=b": "c" } }, "/attributes/a=b"],
    [{ attributes: { a: "b,c" } }, "/attributes/a"],
    [{ queues: 4 }, "/queues"],
  ])("refuses the body %j", async (body, pointer) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    const reply = await rig.ask("PUT /topics/t?cluster=c1", { body });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test("finds no cluster and no broker that nobody knows", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    for (const query of [
      "cluster=c9",
      "broker=b9",
      "broker=b1&brokerId=1",
      "broker=__proto__",
      "cluster=constructor",
    ]) {
      expect((await rig.ask(`PUT /topics/t?${query}`, { body: {} })).status).toBe(404);
    }
  });

  const refused = refusing(29, "The specified topic is blank.");
  test.each([
    ["one is gone", [up], [down], 207],
    ["all are gone", [], [down, { ...down, brokerName: "dead2", brokerAddr: "nobody:2" }], 502],
    ["one refuses", [up, { handlers: { 17: refused } }], [], 207],
    ["all refuse alike", [{ handlers: { 17: refused } }, { handlers: { 17: refused } }], [], 400],
    ["each refuses in its way", [{ handlers: { 17: refused } }, { handlers: { 17: refusing(16) } }], [], 502],
    ["all are silent", [{ handlers: { 17: silent } }, { handlers: { 17: silent } }], [], 502],
    ["the only one is silent", [{ handlers: { 17: silent } }], [], 504],
    ["the only one is gone", [], [down], 502],
    ["the only one refuses", [{ handlers: { 17: refusing(1, "disk full") } }], [], 502],
  ])("when %s", async (_, brokers, registered, status) => {
    await using rig = await startRig({ brokers, limits: { timeoutMillis: 100 } });
    await registerBrokers(rig);
    for (const each of registered) await register(rig.ask, each);
    const reply = await rig.ask("PUT /topics/t?cluster=c1", { body: {} });
    expect(reply.status).toBe(status);
    expect(reply.body.results).toHaveLength(brokers.length + registered.length);
    for (const row of reply.body.results) {
      expect(row).toMatchObject({ brokerName: expect.any(String), brokerId: 0, brokerAddr: expect.any(String) });
    }
  });

  test.each([
    ["all", 502],
    ["majority", 502],
    ["any", 200],
  ])("with the quorum %s, one of two brokers being gone, is %d", async (quorum, status) => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig);
    await register(rig.ask, down);
    const reply = await rig.ask(`PUT /topics/t?cluster=c1&quorum=${quorum}`, { body: {} });
    expect(reply.status).toBe(status);
    expect(reply.body.results).toMatchObject([
      { brokerName: "b1", ok: true },
      { brokerName: "dead", ok: false },
    ]);
  });

  test("is guarded by the state of the broker that is meant", async () => {
    await using rig = await startRig({ brokers: [up, { handlers: { ...brokerScript, 351: refusing(17) } }] });
    await registerBrokers(rig, "t");
    const put = (broker: string, headers: Record<string, string>) =>
      rig.ask(`PUT /topics/t?broker=${broker}`, { body: {}, headers });
    expect((await put("b1", { "if-none-match": "*" })).status).toBe(412);
    expect((await put("b2", { "if-none-match": "*" })).status).toBe(200);
    const etag = (await rig.ask("GET /topics/t?broker=b1")).headers.get("etag") ?? "";
    expect((await put("b1", { "if-match": etag })).status).toBe(200);
    expect((await put("b2", { "if-match": etag })).status).toBe(412);
  });

  test.each([V3_2_6, V4_9_7])(
    "sets no attributes at a broker of version %d, which would overlook them",
    async (version) => {
      await using rig = await startRig({ brokers: [old(version), up] });
      await registerBrokers(rig);
      const body = { attributes: { "message.type": "FIFO" } };
      expect(await rig.ask("PUT /topics/t?broker=b1", { body })).toMatchObject({
        status: 501,
        body: { hint: "Leave attributes out." },
      });
      expect(await rig.ask("PUT /topics/t?cluster=c1", { body })).toMatchObject({
        status: 207,
        body: { results: [{ ok: false, problem: "not-supported" }, { ok: true }] },
      });
      expect(rig.brokers[0]?.requests(17)).toEqual([]);
      expect((await rig.ask("PUT /topics/t?broker=b1", { body: {} })).status).toBe(200);
    },
  );
});

describe("GET /topics/{topic}", () => {
  test("asks one master that has it, or the broker that is named", async () => {
    await using rig = await startRig({
      brokers: [up, { handlers: { ...brokerScript, 351: says({ ...topicConfig, perm: 4 }) } }],
    });
    await registerBrokers(rig, "t");
    expect((await rig.ask("GET /topics/t")).body.perm).toBe(6);
    expect((await rig.ask("GET /topics/t?broker=b2")).body.perm).toBe(4);
    expect((await rig.ask("GET /topics/t?cluster=c1")).body.perm).toBe(6);
    expect((await rig.ask("GET /topics/none")).body).toMatchObject({ code: 17, requestCode: 105 });
  });

  test.each([V3_2_6, V4_9_7])("finds it in the table of a broker of version %d", async (version) => {
    await using rig = await startRig({ brokers: [old(version, "t", "%RETRY%g/1")] });
    await registerBrokers(rig, "t", "gone", "__proto__", "%RETRY%g/1");
    expect((await rig.ask("GET /topics/t")).body).toMatchObject({ topicName: "t", perm: 6 });
    expect((await rig.ask("GET /topics/%25RETRY%25g%2F1")).body.topicName).toBe("%RETRY%g/1");
    for (const name of ["gone", "__proto__"]) {
      expect(await rig.ask(`GET /topics/${name}`)).toMatchObject({
        status: 404,
        body: { type: "/problems/not-found" },
      });
    }
    expect(rig.brokers[0]?.requests(351)).toEqual([]);
  });

  test("shows the broker's own answer alone in the command view", async () => {
    await using rig = await startRig({ brokers: [up] });
    await registerBrokers(rig, "t");
    const { body } = await rig.raw("GET /topics/t", { accept: "application/vnd.rocketmq.command+json" });
    expect(JSON.parse(body.body)).toEqual(topicConfig);
  });
});

describe("DELETE /topics/{topic}", () => {
  test("goes to every master of the cluster, whose slaves follow, and then makes name servers forget it", async () => {
    await using rig = await startRig({ upstreams: ["up", "up"], brokers: [up, up] });
    await register(rig.ask, { brokerAddr: rig.brokers[0]?.name }, "t", "u");
    await register(rig.ask, { brokerId: 1, brokerAddr: rig.brokers[1]?.name }, "t", "u");
    const { status, body } = await rig.ask("DELETE /topics/t?cluster=c1");
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        topic: "t",
        routeDeleted: true,
        results: [
          { brokerName: "b1", brokerId: 0, ok: true },
          { nameServer: "ns0:9876", ok: true },
          { nameServer: "ns1:9876", ok: true },
        ],
      },
    });
    expect(rig.brokers.map((broker) => broker.requests(215).length)).toEqual([1, 0]);
    expect((await rig.ask("GET /topics/t/route")).status).toBe(404);
    expect((await rig.ask("GET /topics/u/route")).status).toBe(200);
  });

  test("keeps the route while another broker has the topic, but for the part of the cluster", async () => {
    await using rig = await startRig({ brokers: [up, up, up] });
    const [b1, b2, b3] = rig.brokers;
    await register(rig.ask, { brokerName: "b1", brokerAddr: b1?.name }, "t");
    await register(rig.ask, { brokerName: "b2", brokerAddr: b2?.name }, "t");
    await register(rig.ask, { clusterName: "c2", brokerName: "b3", brokerAddr: b3?.name }, "t");
    const names = async () =>
      (await rig.ask("GET /topics/t/route")).body.queueDatas.map((data: { brokerName: string }) => data.brokerName);
    expect((await rig.ask("DELETE /topics/t?broker=b1")).body).toMatchObject({
      routeDeleted: false,
      results: [{ ok: true }],
    });
    expect(await names()).toEqual(["b1", "b2", "b3"]);
    expect((await rig.ask("DELETE /topics/t?cluster=c1")).body).toMatchObject({ routeDeleted: true });
    expect(await names()).toEqual(["b3"]);
    expect((await rig.ask("DELETE /topics/t?broker=b3")).body).toMatchObject({ routeDeleted: true });
    expect((await rig.ask("GET /topics/t/route")).status).toBe(404);
  });

  test("that some broker refuses leaves the route alone", async () => {
    await using rig = await startRig({ brokers: [up, { handlers: { 215: refusing(1, "busy") } }] });
    await registerBrokers(rig, "t");
    expect(await rig.ask("DELETE /topics/t?cluster=c1")).toMatchObject({ status: 207, body: { routeDeleted: false } });
    expect((await rig.ask("GET /topics/t/route")).status).toBe(200);
  });
});

test("DELETE /brokers/{broker}/topics/{topic} goes to that broker alone, and no name server hears of it", async () => {
  await using rig = await startRig({ brokers: [up, up] });
  await registerBrokers(rig, "a/b");
  expect((await rig.ask("DELETE /brokers/b2/topics/a%2Fb")).body).toMatchObject({
    topic: "a/b",
    results: [{ brokerName: "b2" }],
  });
  expect(rig.brokers.map((broker) => broker.requests(215).length)).toEqual([0, 1]);
  expect((await rig.ask("GET /topics/a%2Fb/route")).body.queueDatas).toHaveLength(2);
  expect((await rig.ask("DELETE /brokers/b9/topics/t")).status).toBe(404);
});

describe("a dry run", () => {
  test("looks up the brokers, and shows what they would be sent", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await registerBrokers(rig, "t");
    const put = await rig.ask("PUT /topics/t?cluster=c1&dryRun=true", { body: {} });
    expect(
      put.body.requests.map(({ target, command }: { target: string; command: { code: number } }) => [
        target,
        command.code,
      ]),
    ).toEqual(rig.brokers.map(({ name }) => [name, 17]));
    const deleted = await rig.ask("DELETE /topics/t?cluster=c1&dryRun=true");
    const codes = deleted.body.requests.map(({ command }: { command: { code: number } }) => command.code);
    expect(codes).toEqual([215, 215, 216]);
    expect(rig.brokers.flatMap(({ arrivals }) => arrivals)).toEqual([]);
    expect((await rig.ask("PUT /topics/t?cluster=c9&dryRun=true", { body: {} })).status).toBe(404);
  });
});

describe("the order of a topic", () => {
  const conf = async (rig: Rig) => (await rig.ask("GET /kv/ORDER_TOPIC_CONFIG/t")).body.value;
  const put = (rig: Rig, query: string, body: object = { order: true }) =>
    rig.ask(`PUT /topics/t?${query}`, { body: { writeQueueNums: 4, ...body } });

  test("is told to name servers once every broker of the cluster has it", async () => {
    await using rig = await startRig({ upstreams: ["up", "up"], brokers: [up, up] });
    await registerBrokers(rig);
    await put(rig, "cluster=c1", {});
    expect(await conf(rig)).toBeUndefined();
    expect((await put(rig, "cluster=c1")).body.results).toMatchObject([
      { brokerName: "b1" },
      { brokerName: "b2" },
      { nameServer: "ns0:9876" },
      { nameServer: "ns1:9876" },
    ]);
    expect(await conf(rig)).toBe("b1:4;b2:4");
  });

  test("of one broker joins that of others; a cluster's takes its place", async () => {
    await using rig = await startRig({ brokers: [up, up] });
    await registerBrokers(rig);
    await put(rig, "broker=b2");
    expect(await conf(rig)).toBe("b2:4");
    await rig.ask("PUT /kv/ORDER_TOPIC_CONFIG/t", { body: { value: "gone:1;b1:2;;x" } });
    await put(rig, "broker=b1");
    expect(await conf(rig)).toBe("gone:1;b1:4");
    await put(rig, "cluster=c1");
    expect(await conf(rig)).toBe("b1:4;b2:4");
    await put(rig, "cluster=c1", { order: false });
    expect(await conf(rig)).toBe("b1:4;b2:4");
  });

  test("isn't told where a broker refuses, nor in a dry run, which shows it", async () => {
    await using rig = await startRig({ brokers: [up, { handlers: { ...brokerScript, 17: refusing(1) } }] });
    await registerBrokers(rig);
    expect((await put(rig, "cluster=c1")).status).toBe(207);
    const { requests } = (await put(rig, "broker=b1&dryRun=true")).body;
    expect(requests.map(({ command }: { command: { code: number } }) => command.code)).toEqual([17, 100]);
    expect(await conf(rig)).toBeUndefined();
  });
});
