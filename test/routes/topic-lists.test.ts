import { describe, expect, test } from "bun:test";
import { utf8 } from "../../src/bytes/utf8.ts";
import { startRig } from "../gateway/support/rig.ts";
import type { Handler } from "../support/scripted-connection.ts";
import { closing, garbage, refusing, silent } from "../support/scripts.ts";
import { register } from "./support.ts";

const codes = [206, 304, 311, 312, 313, 224];

function listing(...topicList: readonly string[]): Handler {
  return () => ({ body: utf8(JSON.stringify({ topicList })) });
}

/** A server that answers every list of topics so. */
function lists(handler: Handler) {
  return { handlers: Object.fromEntries(codes.map((code) => [code, handler])) };
}

const queries: readonly (readonly [path: string, code: number])[] = [
  ["/topics", 206],
  ["/topics?type=system", 304],
  ["/topics?unit=true", 311],
  ["/topics?unitSubscription=true", 312],
  ["/topics?unitSubscription=true&unit=false", 313],
  ["/topics?unit=false&unitSubscription=true", 313],
  ["/clusters/c1/topics", 224],
];

describe("a list of topics", () => {
  test.each(queries)("GET %s asks with %d", async (path, code) => {
    const names = codes.map((each): [number, Handler] => [each, listing(`of-${each}`)]);
    await using rig = await startRig({ upstreams: [{ handlers: Object.fromEntries(names) }] });
    const { status, body } = await rig.ask(`GET ${path}`);
    expect({ status, body }).toEqual({ status: 200, body: { data: [{ topic: `of-${code}` }], next: null } });
    expect(rig.scripted[0]?.arrivals.map(({ request }) => request.code)).toEqual([code]);
  });

  test.each([
    ["type=system&unit=true", ["?type", "?unit"]],
    ["type=system&unitSubscription=true", ["?type", "?unitSubscription"]],
    ["unit=false", ["?unit"]],
    ["unitSubscription=false", ["?unitSubscription"]],
    ["unit=true&unitSubscription=true", ["?unit", "?unitSubscription"]],
    ["unit=true&unitSubscription=false", ["?unit", "?unitSubscription"]],
    ["type=user", ["?type"]],
    ["type=", ["?type"]],
    ["unit=1", ["?unit"]],
    ["unit=true&unit=true", ["?unit"]],
    ["units=true", ["?units"]],
  ])("?%s is 400 and nothing is sent", async (query, pointers) => {
    await using rig = await startRig({ upstreams: [{}] });
    const { status, body } = await rig.ask(`GET /topics?${query}`);
    expect({ status, type: body.type }).toEqual({ status: 400, type: "/problems/invalid-argument" });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test.each(queries)("GET %s has each once, in the order of their names, whatever these are", async (path) => {
    const names = ["b", "%RETRY%g", "a/b", "😀", "__proto__", "B", "b", "ключ", "a b"];
    await using rig = await startRig({ upstreams: [lists(listing(...names))] });
    const topics = (await rig.ask(`GET ${path}`)).body.data.map(({ topic }: { topic: string }) => topic);
    expect(topics).toEqual([...new Set(names)].sort());
  });

  test.each(queries)("GET %s goes on to the next name server when the first can't tell", async (path, code) => {
    for (const first of ["down", ...[closing, silent, garbage].map(lists)] as const) {
      const upstreams = [first, lists(listing("t"))];
      await using rig = await startRig({ upstreams, limits: { timeoutMillis: 100 } });
      expect(await rig.ask(`GET ${path}`)).toMatchObject({ status: 200, body: { data: [{ topic: "t" }] } });
      expect(rig.scripted.at(-1)?.requests(code)).toHaveLength(1);
    }
  });

  test.each(queries.filter(([, code]) => code !== 304))(
    "GET %s is forbidden where it is switched off",
    async (path) => {
      await using rig = await startRig({ allowConfigChanges: true });
      const body = { enableAllTopicList: false, enableTopicList: false };
      expect((await rig.ask("PATCH /name-servers/-/config", { body })).status).toBe(200);
      expect(await rig.ask(`GET ${path}`)).toMatchObject({
        status: 403,
        body: { type: "/problems/system-error", detail: "disable", hint: expect.stringContaining("enableTopicList") },
      });
    },
  );

  test("of the system names clusters and brokers, and the address of one", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "t");
    expect((await rig.ask("GET /topics?type=system")).body).toEqual({
      data: [{ topic: "b1" }, { topic: "c1" }],
      next: null,
      brokerAddr: "10.0.0.7:10911",
    });
  });

  test("of units goes by the bits of topicSysFlag", async () => {
    await using rig = await startRig();
    const topicConfigTable = Object.fromEntries(
      [0, 1, 2, 3].map((topicSysFlag) => [`t${topicSysFlag}`, { topicSysFlag }]),
    );
    await register(rig.ask, { topicConfigSerializeWrapper: { topicConfigTable } });
    const seen = queries.map(async ([path]) => (await rig.ask(`GET ${path}`)).text.match(/t\d/g)?.join(" ") ?? "");
    expect(await Promise.all(seen)).toEqual(["t0 t1 t2 t3", "", "t1 t3", "t2 t3", "t2", "t2", "t0 t1 t2 t3"]);
  });
});

describe("the topics of a cluster", () => {
  test("that nobody knows are not found, those of one without topics are none", async () => {
    await using rig = await startRig();
    await register(rig.ask, { clusterName: "%empty/1" });
    expect((await rig.ask("GET /clusters/%25empty%2F1/topics")).body).toEqual({ data: [], next: null });
    for (const name of ["none", "%25empty", "b1", "__proto__", "toString"]) {
      expect(await rig.ask(`GET /clusters/${name}/topics`)).toMatchObject({
        status: 404,
        body: { type: "/problems/not-found" },
      });
    }
  });

  test("are asked for alone where there are some", async () => {
    await using rig = await startRig({ upstreams: [lists(listing("t"))] });
    await rig.ask("GET /clusters/c1/topics");
    expect(rig.scripted[0]?.journal).toEqual(["1 open", "1 224"]);
  });

  test.each([refusing(1, "other"), silent])(
    "are not found only when the server says that it has none: %#",
    async (handler) => {
      const handlers = { 224: listing(), 106: handler };
      await using rig = await startRig({ upstreams: [{ handlers }], limits: { timeoutMillis: 50 } });
      expect((await rig.ask("GET /clusters/c1/topics")).status).toBeGreaterThanOrEqual(502);
    },
  );
});
