import { describe, expect, test } from "bun:test";
import { startRig } from "../gateway/support/rig.ts";
import { register } from "./support.ts";

describe("POST /invoke", () => {
  const invoke = (body: object) => ["POST /invoke", { body }] as const;

  test("sends any code and shows the answer, whatever its own code", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "t");
    const found = await rig.ask(...invoke({ target: "ns0:9876", code: 105, extFields: { topic: "t" }, version: 513 }));
    expect(found).toMatchObject({ status: 200, body: { code: 0, codeName: "SUCCESS", flag: 1 } });
    expect(JSON.parse(found.body.body).queueDatas[0].brokerName).toBe("b1");
    const missing = await rig.ask(
      ...invoke({ target: "ns0:9876", name: "GET_ROUTEINFO_BY_TOPIC", extFields: { topic: "x" } }),
    );
    expect(missing).toMatchObject({ status: 200, body: { code: 17, codeName: "TOPIC_NOT_EXIST" } });
    const unknown = await rig.ask(...invoke({ target: "ns0:9876", code: 99_999 }));
    expect(unknown).toMatchObject({ status: 200, body: { code: 3 } });
  });

  test("takes a request by any of its names, and its fields with their types", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "t");
    const old = await rig.ask(
      ...invoke({ target: "ns0:9876", name: "GET_ROUTEINTO_BY_TOPIC", extFields: { topic: "t" } }),
    );
    expect(old).toMatchObject({ status: 200, body: { code: 0 } });
    const pull = { consumerGroup: "g", topic: "t", queueId: "x", queueOffset: 1.5, suspendTimeoutMillis: true };
    const wrong = await rig.ask(...invoke({ target: "ns0:9876", name: "PULL_MESSAGE", extFields: pull }));
    expect(wrong).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: "/extFields/queueId" },
          { pointer: "/extFields/queueOffset" },
          { pointer: "/extFields/suspendTimeoutMillis" },
        ],
      },
    });
  });

  test("sends fields by their names on the wire, and integers to the last digit", async () => {
    const handlers = { 310: () => ({}), 15: () => ({}) };
    await using rig = await startRig({ upstreams: [{ handlers }] });
    await rig.ask(
      ...invoke({ target: rig.scripted[0]?.name, code: 310, extFields: { producerGroup: "p", b: "t", other: 1 } }),
    );
    const exact = `{"target":"${rig.scripted[0]?.name}","code":15,"extFields":{"commitOffset":9007199254740993,"queueId":1}}`;
    await rig.ask("POST /invoke", { body: exact, headers: { "content-type": "application/json" } });
    const sent = [310, 15].map((code) => rig.scripted[0]?.requests(code)[0]?.extFields);
    expect(sent).toEqual([
      { a: "p", b: "t", other: "1" },
      { commitOffset: "9007199254740993", queueId: "1" },
    ]);
  });

  test("shows what the answer to a known request says", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "t");
    const { body } = await rig.ask(...invoke({ target: "ns0:9876", code: 106 }));
    expect(body.decodedBody.clusterAddrTable).toEqual({ c1: ["b1"] });
    const all = await rig.ask(...invoke({ target: "all-name-servers", code: 106 }));
    expect(all.body.results[0].response.decodedBody.clusterAddrTable).toEqual({ c1: ["b1"] });
  });

  test("asks all name servers at once", async () => {
    await using rig = await startRig({ upstreams: ["up", "down"] });
    const { status, body } = await rig.ask(...invoke({ target: "all-name-servers", code: 106 }));
    expect({ status, ok: body.results.map((row: { ok: boolean }) => row.ok) }).toEqual({
      status: 200,
      ok: [true, false],
    });
  });

  test("speaks as it is told to", async () => {
    await using rig = await startRig();
    const spoken = { target: "ns0:9876", code: 106, version: 0, language: "CPP", serializeType: "ROCKETMQ" };
    expect((await rig.ask(...invoke(spoken))).body.code).toBe(0);
    expect((await rig.ask(...invoke({ ...spoken, code: 200_050 }))).status).toBe(400);
    expect((await rig.ask(...invoke({ ...spoken, oneway: true }))).status).toBe(202);
  });

  test("dials nothing that a caller made up", async () => {
    await using rig = await startRig();
    await register(rig.ask);
    for (const target of ["127.0.0.1:22", "ns0:1", "[::1]:80", "10.0.0.7:10912"]) {
      expect({ target, ...(await rig.ask(...invoke({ target, code: 28 }))) }).toMatchObject({ target, status: 403 });
    }
    expect((await rig.ask(...invoke({ target: "broker:nobody", code: 28 }))).status).toBe(404);
    expect((await rig.ask(...invoke({ target: "broker:b1:1", code: 28 }))).status).toBe(404);
    // A broker that the name servers know is dialled; nobody listens at this one.
    for (const target of ["10.0.0.7:10911", "broker:b1", "broker:b1:0"]) {
      const reply = await rig.ask(...invoke({ target, code: 28 }));
      expect({ target, status: reply.status, type: reply.body.type }).toEqual({
        target,
        status: 502,
        type: "/problems/connect-failed",
      });
    }
  });

  test("refuses what it can't tell the code of", async () => {
    await using rig = await startRig();
    for (const stated of [{}, { code: 1, name: "SEND_MESSAGE" }, { name: "NO_SUCH_REQUEST" }]) {
      expect((await rig.ask(...invoke({ target: "ns0:9876", ...stated }))).status).toBe(400);
    }
  });
});

describe("the catalogue", () => {
  test("has every request code in one page, with fields and operations", async () => {
    await using rig = await startRig();
    const { body, text } = await rig.ask("GET /codes");
    expect(new Set(body.data.map(({ code }: { code: number }) => code)).size).toBeGreaterThanOrEqual(170);
    const route = body.data.find(({ code }: { code: number }) => code === 105);
    expect(route.name).toBe("GET_ROUTEINFO_BY_TOPIC");
    expect(route.routes).toContain("GET /topics/{topic}/route");
    expect(route.request.header[0]).toMatchObject({ name: "topic", wire: "topic", required: true });
    expect(text).not.toContain("bigint");
  });

  test("gives the meanings of a code", async () => {
    await using rig = await startRig();
    const { body } = await rig.ask("GET /codes/217");
    expect(body.meanings.map(({ name }: { name: string }) => name).sort()).toEqual([
      "GET_KV_CONFIG_BY_VALUE",
      "REGISTER_TOPIC_IN_NAMESRV",
    ]);
    for (const code of ["0", "999999", "x", "1.5", "00105x"])
      expect((await rig.ask(`GET /codes/${code}`)).status).toBe(404);
  });

  test("names the response codes", async () => {
    await using rig = await startRig();
    const { body } = await rig.ask("GET /response-codes");
    expect(body.data).toContainEqual({ code: 17, name: "TOPIC_NOT_EXIST" });
  });
});
