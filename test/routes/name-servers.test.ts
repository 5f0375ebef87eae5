import { describe, expect, test } from "bun:test";
import { V3_2_6, V4_9_4, V4_9_7 } from "../../src/wire/versions.ts";
import { startRig, type Upstream } from "../gateway/support/rig.ts";
import { closing, garbage, nameServerScript, refusing, silent } from "../support/scripts.ts";
import { register, topics } from "./support.ts";

function telling(version: number): Upstream {
  return { handlers: { ...nameServerScript, 216: () => ({}) }, version };
}

describe("the health of name servers", () => {
  test.each([
    [V3_2_6, "V3_2_6_SNAPSHOT", "3.x"],
    [V4_9_7, "V4_9_7", "4.x"],
    [513, "V5_5_0", "5.x"],
    [700, "HIGHER_VERSION", "5.x"],
  ])("has the version that one tells: %d", async (version, versionName, generation) => {
    await using rig = await startRig({ upstreams: [telling(version)] });
    const { data } = (await rig.ask("GET /name-servers")).body;
    const nameServer = rig.scripted[0]?.name;
    const elapsedMs = expect.any(Number);
    expect(data).toEqual([{ nameServer, reachable: true, version, versionName, generation, elapsedMs, remark: null }]);
  });

  test("counts any answer as one, and has a row for each that gives none, all within one deadline", async () => {
    const handlers = [refusing(1), () => ({ extFields: { value: "" } }), silent, garbage, closing, silent];
    const upstreams = [...handlers.map((handler) => ({ handlers: { 101: handler } })), "down"] as const;
    await using rig = await startRig({ upstreams, limits: { timeoutMillis: 150 } });
    const startedAt = performance.now();
    const { status, body } = await rig.ask("GET /name-servers");
    expect(performance.now() - startedAt).toBeLessThan(600);
    expect(status).toBe(200);
    const gone = { reachable: false, version: null, versionName: null, generation: null };
    expect(body.data).toMatchObject([
      { reachable: true },
      { reachable: true },
      { ...gone, problem: "timeout", remark: expect.stringMatching(/^Cannot /) },
      { ...gone, problem: "undecodable" },
      { ...gone, problem: "closed" },
      { ...gone, problem: "timeout" },
      { ...gone, problem: "connect-failed" },
    ]);
    const names = body.data.map(({ nameServer }: { nameServer: string }) => nameServer.split(":")[0]);
    expect(names).toEqual(upstreams.map((_, index) => `ns${index}`));
    for (const at of [2, 5]) expect(body.data[at].elapsedMs).toBeGreaterThanOrEqual(145);
    expect(rig.logged).toEqual([]);
  });

  test("is an empty list where none is configured", async () => {
    await using rig = await startRig({ upstreams: [] });
    expect((await rig.ask("GET /name-servers")).body).toEqual({ data: [], next: null });
  });
});

describe("DELETE /name-servers/{nameServer}/topics/{topic}", () => {
  test("makes one forget a topic, or all, and repeats without harm", async () => {
    await using rig = await startRig({ upstreams: ["up", "up"] });
    await register(rig.ask, {}, "t", "u");
    const one = await rig.ask("DELETE /name-servers/ns0%3A9876/topics/t");
    expect(one.body).toMatchObject({ topic: "t", results: [{ nameServer: "ns0:9876", ok: true }] });
    expect(one.body.results).toHaveLength(1);
    expect((await rig.ask("GET /topics")).body.data).toEqual([{ topic: "u" }]);
    for (let time = 0; time < 2; time++) {
      const all = await rig.ask("DELETE /name-servers/-/topics/u");
      expect(all).toMatchObject({ status: 200, body: { results: [{ ok: true }, { ok: true }] } });
    }
    expect((await rig.ask("GET /name-servers/diff")).body.data).toMatchObject([{ kind: "topic", topic: "t" }]);
  });

  test("takes every name", async () => {
    await using rig = await startRig();
    for (const name of ["%RETRY%g", "%", "a/b", "ключ 😀", "-", "__proto__"]) {
      await register(rig.ask, {}, name, "other");
      const { body } = await rig.ask(`DELETE /name-servers/ns0:9876/topics/${encodeURIComponent(name)}`);
      expect(body).toMatchObject({ topic: name, results: [{ ok: true }] });
      expect((await rig.ask("GET /topics")).text).not.toContain(JSON.stringify(name));
    }
  });

  test.each(["ns1:9876", "ns0", "ns0:9877", "NS0:9876", "ns0%3A9876%20", "*", "--", "%2D-", "127.0.0.1:9876"])(
    "goes nowhere but to configured ones: %s is 404",
    async (nameServer) => {
      await using rig = await startRig();
      for (const operation of [
        `DELETE /name-servers/${nameServer}/topics/t`,
        `GET /name-servers/${nameServer}/config`,
      ]) {
        const reply = await rig.ask(operation);
        expect(reply).toMatchObject({ status: 404, body: { type: "/problems/not-found" } });
        expect(reply.body.hint).toContain("GET /name-servers");
      }
    },
  );

  test("in one cluster leaves the topic to the brokers of others", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "t");
    await register(rig.ask, { clusterName: "c2", brokerName: "b2", brokerAddr: "10.0.0.8:10911", ...topics("t") });
    const { body } = await rig.ask("DELETE /name-servers/-/topics/t?cluster=c2");
    expect(body).toMatchObject({ topic: "t", clusterName: "c2" });
    expect((await rig.ask("GET /topics/t/route")).body.queueDatas).toMatchObject([{ brokerName: "b1" }]);
  });

  test.each([
    [[V4_9_7, 513], 200],
    [[513, V4_9_4], 501],
    [[V3_2_6, 513], 501],
  ])(
    "in one cluster is refused, and nothing is sent, before one that would delete it in all: %j",
    async (versions, status) => {
      await using rig = await startRig({ upstreams: versions.map(telling) });
      const reply = await rig.ask("DELETE /name-servers/-/topics/t?cluster=c1");
      expect(reply.status).toBe(status);
      const sent = rig.scripted.map((server) => server.requests(216).length);
      expect(sent).toEqual(status === 200 ? [1, 1] : [0, 0]);
      if (status === 501)
        expect(reply.body).toMatchObject({ type: "/problems/not-supported", hint: expect.any(String) });
      expect((await rig.ask("DELETE /name-servers/-/topics/t")).status).toBe(200);
    },
  );

  test.each(["?cluster=", "?cluster=a&cluster=b", "?clusterName=c1"])(
    "with %s is 400 and nothing is sent",
    async (query) => {
      await using rig = await startRig({ upstreams: [{}] });
      expect((await rig.ask(`DELETE /name-servers/-/topics/t${query}`)).status).toBe(400);
      expect(rig.scripted[0]?.journal).toEqual([]);
    },
  );

  test("has a row for each, 502 when none does it, 503 when there is none", async () => {
    const refuses: Upstream = { handlers: { 216: refusing(1, "no") } };
    const operation = "DELETE /name-servers/-/topics/t";
    await using mixed = await startRig({ upstreams: [refuses, "up", "down"] });
    const rows = [{ ok: false, code: 1 }, { ok: true }, { ok: false, problem: "connect-failed" }];
    expect(await mixed.ask(operation)).toMatchObject({ status: 207, body: { results: rows } });
    await using bad = await startRig({ upstreams: [refuses, "down"] });
    expect(await bad.ask(operation)).toMatchObject({ status: 502, body: { results: [{ code: 1 }, { code: null }] } });
    await using none = await startRig({ upstreams: [] });
    expect((await none.ask(operation)).status).toBe(503);
  });
});
