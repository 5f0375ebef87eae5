import { describe, expect, test } from "bun:test";
import { V3_2_6 } from "../../src/wire/versions.ts";
import { startRig } from "../gateway/support/rig.ts";
import { nameServerScript, refusing, silent } from "../support/scripts.ts";
import { register, topics } from "./support.ts";

const path = "/brokers/b1/write-permission";
const writes: readonly (readonly [operation: string, code: number, count: string])[] = [
  [`PUT ${path}`, 327, "addTopicCount"],
  [`DELETE ${path}`, 205, "wipeTopicCount"],
];

async function permissions(ask: Parameters<typeof register>[0], topic: string): Promise<number[]> {
  const { body } = await ask(`GET /topics/${topic}/route`);
  return body.queueDatas.map(({ perm }: { perm: number }) => perm);
}

test("is taken from every topic of the broker and given back, of no other", async () => {
  await using rig = await startRig();
  const perms = { topicConfigTable: { t: { perm: 6 }, r: { perm: 4 } } };
  await register(rig.ask, { topicConfigSerializeWrapper: perms });
  await register(rig.ask, { brokerName: "b2", brokerAddr: "10.0.0.8:10911", ...topics("t") });

  const wiped = await rig.ask(`DELETE ${path}`);
  expect(wiped.body.results).toMatchObject([{ ok: true, wipeTopicCount: 2 }]);
  expect(await permissions(rig.ask, "t")).toEqual([4, 6]);
  const added = await rig.ask(`PUT ${path}`);
  expect(added.body.results).toMatchObject([{ ok: true, addTopicCount: 2 }]);
  expect([await permissions(rig.ask, "t"), await permissions(rig.ask, "r")]).toEqual([[6, 6], [6]]);
});

describe.each(writes)("%s", (operation, code, count) => {
  const named = (name: string) => operation.replace("b1", encodeURIComponent(name));
  const counting = (header: string) => ({ ...nameServerScript, [code]: () => ({ extFields: { [count]: header } }) });

  test.each(["%RETRY%b", "a/b", "ключ 😀", "__proto__", "constructor"])("takes the name %j", async (name) => {
    await using rig = await startRig();
    await register(rig.ask, { brokerName: name }, "t");
    expect((await rig.ask(named(name))).body).toMatchObject({ brokerName: name, results: [{ [count]: 1 }] });
  });

  test("tells a broker without topics from one that is not there", async () => {
    await using rig = await startRig({ upstreams: ["up", "up"] });
    await register(rig.ask);
    expect(await rig.ask(operation)).toMatchObject({
      status: 200,
      body: { results: [{ [count]: 0 }, { [count]: 0 }] },
    });
    for (const name of ["b2", "__proto__", "c1"]) {
      expect(await rig.ask(named(name))).toMatchObject({ status: 404, body: { type: "/problems/not-found" } });
    }
  });

  test("knows what it can't tell: with a name server that doesn't answer, a broker may be there", async () => {
    await using rig = await startRig({ upstreams: ["up", "down"] });
    expect(await rig.ask(operation)).toMatchObject({ status: 207, body: { results: [{ [count]: 0 }, { ok: false }] } });
    const unwilling = { handlers: { ...counting("0"), 106: refusing(1) } };
    await using other = await startRig({ upstreams: [unwilling] });
    expect(await other.ask(operation)).toMatchObject({ status: 200, body: { results: [{ [count]: 0 }] } });
  });

  test("has each name server's own count, null of one that tells none", async () => {
    const upstreams = [{ handlers: counting("2147483647") }, { handlers: { ...nameServerScript, [code]: () => ({}) } }];
    await using rig = await startRig({ upstreams });
    expect((await rig.ask(operation)).body.results).toMatchObject([{ [count]: 2 ** 31 - 1 }, { [count]: null }]);
    expect(rig.scripted.flatMap((server) => server.requests(106))).toEqual([]);
  });

  test("has a row for one that refuses, and one for one that is silent", async () => {
    const upstreams = [refusing(1, "no"), silent].map((handler) => ({
      handlers: { ...nameServerScript, [code]: handler },
    }));
    await using rig = await startRig({ upstreams: [...upstreams, "up"], limits: { timeoutMillis: 60 } });
    await register(rig.ask, {}, "t");
    expect(await rig.ask(operation)).toMatchObject({
      status: 207,
      body: {
        results: [
          { ok: false, code: 1, remark: "no" },
          { ok: false, problem: "timeout" },
          { ok: true, [count]: 1 },
        ],
      },
    });
  });
});

describe("3.2.6 can't give it back", () => {
  const old = {
    handlers: { ...nameServerScript, 205: () => ({ extFields: { wipeTopicCount: "1" } }) },
    version: V3_2_6,
  };

  test("so that is 501 when all are so old, and nothing is sent", async () => {
    await using rig = await startRig({ upstreams: [old, old] });
    expect(await rig.ask(`PUT ${path}`)).toMatchObject({ status: 501, body: { type: "/problems/not-supported" } });
    expect(rig.scripted.flatMap((server) => server.requests(327))).toEqual([]);
    expect((await rig.ask(`DELETE ${path}`)).status).toBe(200);
  });

  test("and a row when another isn't", async () => {
    await using rig = await startRig({ upstreams: [old, "up"] });
    expect(await rig.ask(`PUT ${path}`)).toMatchObject({
      status: 207,
      body: {
        results: [
          { ok: false, code: null, problem: "not-supported" },
          { ok: true, addTopicCount: 0 },
        ],
      },
    });
  });
});
