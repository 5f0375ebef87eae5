import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { V3_2_6, V4_9_7 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import type { Handler } from "../support/scripted-connection.ts";
import type { ScriptOptions } from "../support/scripted-server.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { register } from "./support.ts";
import { startTwoSides } from "./two-sides.ts";

const diff = "GET /name-servers/diff";

/** What each of two has. */
function held(one: unknown, two: unknown): object[] {
  return [
    { nameServer: "ns0:9876", value: one },
    { nameServer: "ns1:9876", value: two },
  ];
}

function saying(json: string): Handler {
  return () => ({ body: utf8(json) });
}

/** A name server with one broker and topics on it, as a generation words it. */
function server(names: readonly string[], overrides: Record<number, Handler> = {}, version = 513): ScriptOptions {
  const broker =
    '{"brokerAddrs":{0:"10.0.0.7:10911",1:"10.0.0.8:10911"},"brokerName":"b1","cluster":"c1","enableActingMaster":false}';
  const handlers = {
    101: refusing(22),
    105: saying(
      `{"brokerDatas":[${broker}],"filterServerTable":{},"queueDatas":[{"brokerName":"b1","perm":6,"readQueueNums":8,"topicSysFlag":0,"writeQueueNums":8}]}`,
    ),
    106: saying(`{"brokerAddrTable":{"b1":${broker}},"clusterAddrTable":{"c1":["b1"]}}`),
    206: saying(JSON.stringify({ topicList: names })),
    219: refusing(22),
  };
  return { version, handlers: { ...handlers, ...overrides } };
}

describe("what two name servers disagree on", () => {
  test("is nothing while both hear the same", async () => {
    await using sides = await startTwoSides();
    await register(sides.both, {}, "t", "%RETRY%g");
    await sides.both("PUT /kv/n/k", { body: { value: "v" } });
    await sides.both("PUT /kv/ORDER_TOPIC_CONFIG/t", { body: { value: "b1:8" } });
    const { status, body } = await sides.both(`${diff}?namespace=n`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { data: [], next: null, results: [{ ok: true }, { ok: true }] },
    });
    expect(body.routes).toEqual({ compared: 2, left: 0 });
  });

  test("is a broker, with its cluster and its topics, that one of them doesn't know", async () => {
    await using sides = await startTwoSides();
    await register(sides.first, {}, "a/b %");
    const brokerData = {
      cluster: "c1",
      brokerName: "b1",
      brokerAddrs: { "0": "10.0.0.7:10911" },
      enableActingMaster: false,
    };
    expect((await sides.both(diff)).body.data).toEqual([
      { kind: "cluster", clusterName: "c1", values: held(["b1"], null) },
      { kind: "broker", brokerName: "b1", values: held(brokerData, null) },
      { kind: "topic", topic: "a/b %", values: held(true, null) },
    ]);
  });

  test("is an address, a slave, and a second broker of a cluster", async () => {
    await using sides = await startTwoSides();
    await register(sides.first);
    await register(sides.second, { brokerAddr: "10.0.0.9:10911" });
    await register(sides.second, { brokerId: 1, brokerAddr: "10.0.0.8:10911" });
    await register(sides.second, { brokerName: "b2", brokerAddr: "10.0.0.6:10911" });
    expect((await sides.both(diff)).body.data).toMatchObject([
      { kind: "cluster", clusterName: "c1", values: held(["b1"], ["b1", "b2"]) },
      {
        kind: "broker",
        brokerName: "b1",
        values: held(
          { brokerAddrs: { "0": "10.0.0.7:10911" } },
          { brokerAddrs: { "0": "10.0.0.9:10911", "1": "10.0.0.8:10911" } },
        ),
      },
      { kind: "broker", brokerName: "b2", values: [{ value: null }, { value: { brokerName: "b2" } }] },
    ]);
  });

  test("is a route: permission wiped at one, queues changed at the other", async () => {
    await using sides = await startTwoSides();
    await register(sides.both, {}, "t", "u");
    await sides.second("DELETE /brokers/b1/write-permission");
    const rows = (await sides.both(diff)).body.data;
    const route = (perm: number) => ({
      queueDatas: [{ brokerName: "b1", perm, readQueueNums: 8 }],
      brokerDatas: [{ brokerName: "b1" }],
    });
    expect(rows).toMatchObject([
      { kind: "route", topic: "t", values: held(route(6), route(4)) },
      { kind: "route", topic: "u", values: held(route(6), route(4)) },
    ]);
    await sides.second("PUT /brokers/b1/write-permission");
    expect((await sides.both(diff)).body.data).toEqual([]);
  });

  test("is key-value entries: of ORDER_TOPIC_CONFIG always, of other namespaces where they are named", async () => {
    await using sides = await startTwoSides();
    await sides.first("PUT /kv/ORDER_TOPIC_CONFIG/t", { body: { value: "b1:8" } });
    await sides.second("PUT /kv/ORDER_TOPIC_CONFIG/t", { body: { value: "b1:4" } });
    await sides.first("PUT /kv/a%2Fb/%E2%82%AC", { body: { value: "" } });
    await sides.second("PUT /kv/n/k", { body: { value: "v" } });
    await sides.both("PUT /kv/n/same", { body: { value: "v" } });
    await sides.second("PUT /kv/other/k", { body: { value: "v" } });
    const order = { kind: "kv", namespace: "ORDER_TOPIC_CONFIG", key: "t", values: held("b1:8", "b1:4") };
    expect((await sides.both(diff)).body.data).toEqual([order]);
    const named = await sides.both(
      `${diff}?namespace=a%2Fb&namespace=n&namespace=ORDER_TOPIC_CONFIG&namespace=n&namespace=none`,
    );
    expect(named.body.data).toEqual([
      order,
      { kind: "kv", namespace: "a/b", key: "€", values: held("", null) },
      { kind: "kv", namespace: "n", key: "k", values: held(null, "v") },
    ]);
  });

  test("isn't a namespace that one never used and the other emptied", async () => {
    await using sides = await startTwoSides();
    await sides.first("PUT /kv/n/k", { body: { value: "v" } });
    await sides.first("DELETE /kv/n/k");
    expect((await sides.both(`${diff}?namespace=n`)).body.data).toEqual([]);
  });
});

describe("the same in other words is no disagreement:", () => {
  const agree = async (one: ScriptOptions, two: ScriptOptions) => {
    await using rig = await startRig({ upstreams: [one, two] });
    const { status, body } = await rig.ask(diff);
    expect({ status, data: body.data }).toEqual({ status: 200, data: [] });
  };

  test("the order of lists and members", async () => {
    const shuffled = {
      105: saying(
        '{"queueDatas":[{"writeQueueNums":8,"perm":6,"topicSysFlag":0,"readQueueNums":8,"brokerName":"b1"}],"brokerDatas":[{"brokerName":"b1","cluster":"c1","brokerAddrs":{"1":"10.0.0.8:10911","0":"10.0.0.7:10911"}}],"filterServerTable":{}}',
      ),
      206: saying('{"topicList":["u","t","t"]}'),
    };
    await agree(server(["t", "u"]), server([], shuffled));
  });

  test("the order of brokers, queues and filter servers", async () => {
    const ordered = (first: string, second: string) => ({
      105: saying(
        JSON.stringify({
          brokerDatas: [{ brokerName: first }, { brokerName: second }],
          queueDatas: [{ brokerName: second }, { brokerName: first }],
          filterServerTable: { "10.0.0.7:10911": [`${first}:1`, `${second}:1`] },
        }),
      ),
      106: saying(`{"brokerAddrTable":{},"clusterAddrTable":{"c1":["${first}","${second}"]}}`),
    });
    await agree(server(["t"], ordered("b1", "b2")), server(["t"], ordered("b2", "b1")));
  });

  test("what older generations leave out, and how 3.x spells", async () => {
    const broker = '{"brokerAddrs":{0:"10.0.0.7:10911",1:"10.0.0.8:10911"},"brokerName":"b1"}';
    const old = {
      105: saying(
        `{"brokerDatas":[${broker}],"filterServerTable":{},"queueDatas":[{"brokerName":"b1","perm":6,"readQueueNums":8,"topicSynFlag":0,"writeQueueNums":8}]}`,
      ),
      106: saying(`{"brokerAddrTable":{"b1":${broker}},"clusterAddrTable":{"c1":["b1"]}}`),
    };
    await agree(server(["t"], old, V3_2_6), server(["t"]));
    await agree(
      server(["t"], {}, V4_9_7),
      server(["t"], {
        105: saying(
          `{"brokerDatas":[${broker}],"topicQueueMappingByBroker":{},"queueDatas":[{"brokerName":"b1","perm":6,"readQueueNums":8,"topicSysFlag":0,"writeQueueNums":8}]}`,
        ),
      }),
    );
  });
});

describe("a name server that can't be asked", () => {
  test.each([
    ["is gone", "down", { problem: "connect-failed" }],
    ["is silent", server([], { 206: silent }), { problem: "timeout" }],
    ["hangs up", server([], { 106: closing }), { problem: "closed" }],
    [
      "has its list of topics switched off",
      server([], { 206: refusing(1, "disable") }),
      { code: 1, remark: "disable" },
    ],
    [
      "talks of brokers in no way known",
      server([], { 106: saying('{"brokerAddrTable":[]}') }),
      { problem: "undecodable" },
    ],
    ["fails at a route", server(["t"], { 105: refusing(1, "no") }), { code: 1, remark: "no" }],
  ] as const)("because it %s has a row that says so, and the others are compared", async (_, bad, row) => {
    const other = server(["t", "u"], { 105: refusing(17) });
    const upstreams = [server(["t", "v"], { 105: refusing(17) }), bad, other];
    await using rig = await startRig({ upstreams, limits: { timeoutMillis: 100 } });
    const { status, body } = await rig.ask(diff);
    expect({ status, rows: body.results }).toMatchObject({
      status: 207,
      rows: [{ ok: true }, { ok: false, ...row }, { ok: true }],
    });
    const found = body.data.map(({ kind, topic }: { kind: string; topic: string }) => `${kind} ${topic}`);
    expect(found).toEqual(expect.arrayContaining(["topic u", "topic v"]));
    expect(rig.logged).toEqual([]);
  });

  test("is a 502 when none can be, and a 503 when there is none", async () => {
    await using rig = await startRig({ upstreams: ["down", server([], { 106: refusing(1) })] });
    expect(await rig.ask(diff)).toMatchObject({
      status: 502,
      body: { results: [{ ok: false }, { ok: false, code: 1 }] },
    });
    await using none = await startRig({ upstreams: [] });
    expect((await none.ask(diff)).status).toBe(503);
  });

  test("leaves nothing to compare when only one is left, or configured", async () => {
    await using one = await startRig();
    await register(one.ask, {}, "t");
    expect((await one.ask(diff)).body).toMatchObject({
      data: [],
      routes: { compared: 0, left: 0 },
      results: [{ ok: true }],
    });
  });
});

describe("routes", () => {
  test("are asked of those that list the topic, and compared between them only", async () => {
    const upstreams = [server(["t", "u"]), server(["t"], { 105: refusing(17) }), server(["u"])];
    await using rig = await startRig({ upstreams });
    const { body } = await rig.ask(diff);
    expect(body.routes).toEqual({ compared: 2, left: 0 });
    const routes = body.data.filter(({ kind }: { kind: string }) => kind === "route");
    expect(routes).toMatchObject([{ topic: "t", values: [{ value: { queueDatas: [{ perm: 6 }] } }, { value: null }] }]);
    const asked = rig.scripted.map((each) => each.requests(105).map(({ extFields }) => extFields?.topic));
    expect(asked).toEqual([["t", "u"], ["t"], ["u"]]);
  });

  test("come page by page, each topic once, and all else on the first", async () => {
    const names = ["%RETRY%g", "b", "B", "ключ", "a/b", "😀", "t 1", "one"];
    await using sides = await startTwoSides();
    await register(sides.both, {}, ...names);
    await sides.second("DELETE /name-servers/-/topics/one");
    await sides.second("DELETE /brokers/b1/write-permission");
    for (const limit of [1, 3, 7, 1_000]) {
      const rows: { kind: string; topic: string }[] = [];
      let path = `${diff}?limit=${limit}`;
      for (let pages = 1; ; pages++) {
        const { body } = await sides.both(path);
        expect(body.routes.compared).toBeLessThanOrEqual(limit);
        expect(body.routes.left).toBe(Math.max(0, 7 - pages * limit));
        rows.push(...body.data);
        if (body.next === null) break;
        path = `${diff}?limit=${limit}&cursor=${encodeURIComponent(body.next)}`;
      }
      expect(rows.map(({ kind, topic }) => `${kind} ${topic}`)).toEqual([
        "topic one",
        ...names
          .filter((name) => name !== "one")
          .sort()
          .map((name) => `route ${name}`),
      ]);
    }
  });

  test("are bounded when nothing is said", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `t${index}`).sort();
    await using rig = await startRig({ upstreams: [server(names), server(names)] });
    const { body } = await rig.ask(diff);
    expect(body).toMatchObject({ data: [], next: names[99], routes: { compared: 100, left: 50 } });
    expect(rig.scripted.map((each) => each.requests(105).length)).toEqual([100, 100]);
  });

  test.each([
    "limit=0",
    "limit=1001",
    "limit=x",
    "limit=1&limit=2",
    "cursor=a&cursor=b",
    "topic=t",
    `${"namespace=n&".repeat(101)}`,
  ])("?%s is 400 and nothing is sent", async (query) => {
    await using rig = await startRig({ upstreams: [{}] });
    expect((await rig.ask(`${diff}?${query.replace(/&$/, "")}`)).status).toBe(400);
    expect(rig.scripted[0]?.journal).toEqual([]);
  });
});
