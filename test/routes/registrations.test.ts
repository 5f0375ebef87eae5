import { describe, expect, test } from "bun:test";
import { startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import { nameServerScript, refusing } from "../support/scripts.ts";
import { register, topics } from "./support.ts";

const held = "/brokers/registrations/c1~b1~0";

describe("a held registration", () => {
  test("shows what was stated, with the defaults filled in", async () => {
    await using rig = await startRig();
    const stated = {
      topicConfigSerializeWrapper: { topicConfigTable: { t: { perm: 4, attributes: { "+a": "b" } } } },
      heartbeatTimeoutMillis: 60_000,
      compressed: false,
    };
    await register(rig.ask, stated);
    const { body } = await rig.ask(`GET ${held}`);
    expect(body).toMatchObject({
      ...broker(),
      compressed: false,
      heartbeatTimeoutMillis: 60_000,
      filterServerList: [],
    });
    expect(body.topicConfigSerializeWrapper.topicConfigTable).toEqual({
      t: {
        topicName: "t",
        readQueueNums: 8,
        writeQueueNums: 8,
        perm: 4,
        topicFilterType: "SINGLE_TAG",
        topicSysFlag: 0,
        order: false,
        attributes: { "+a": "b" },
      },
    });
    expect(body).not.toHaveProperty("hold");
    expect(body).not.toHaveProperty("timeoutMillis");
  });

  test("takes new topics; what is left out goes stale, and is deleted when asked", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "a", "b", "c");
    const stale = await rig.ask(`PUT ${held}`, { body: topics("a", "d") });
    expect(stale).toMatchObject({ status: 200, body: { staleTopics: ["b", "c"], results: [{ ok: true }] } });
    expect(stale.body).not.toHaveProperty("deletedTopics");
    const routed = async (...names: string[]) =>
      Promise.all(names.map(async (name) => (await rig.ask(`GET /topics/${name}/route`)).status));
    expect(await routed("a", "b", "c", "d")).toEqual([200, 200, 200, 200]);

    const deleted = await rig.ask(`PUT ${held}?deleteStale=true`, { body: topics("d") });
    expect(deleted).toMatchObject({
      status: 200,
      body: { staleTopics: ["a"], deletedTopics: [{ topic: "a", nameServer: "ns0:9876", ok: true, code: 0 }] },
    });
    expect(await routed("a", "b", "c", "d")).toEqual([404, 200, 200, 200]);
    const none = await rig.ask(`PUT ${held}?deleteStale=true`, { body: topics("d", "e") });
    expect(none).toMatchObject({ status: 200, body: { staleTopics: [], deletedTopics: [] } });
    expect(await routed("d", "e")).toEqual([200, 200]);
  });

  test("moves its DataVersion with a change, and only then", async () => {
    await using rig = await startRig();
    await register(rig.ask, {}, "a");
    const counter = async (...names: string[]) => {
      const { body } = await rig.ask(`PUT ${held}`, { body: topics(...names) });
      return body.topicConfigSerializeWrapper.dataVersion.counter;
    };
    expect([await counter("a"), await counter("a", "b"), await counter("a", "b"), await counter()]).toEqual([
      1, 2, 2, 3,
    ]);
  });

  test("takes an address of another broker, never another name", async () => {
    await using rig = await startRig();
    await register(rig.ask);
    const moved = await rig.ask(`PUT ${held}`, { body: { ...topics(), brokerAddr: "10.0.0.9:1" } });
    expect(moved).toMatchObject({ status: 200, body: { id: "c1~b1~0", brokerAddr: "10.0.0.9:1" } });
    expect((await rig.ask("GET /brokers/b1")).body.brokerAddrs).toEqual({ "0": "10.0.0.9:1" });
    for (const other of [{ clusterName: "c2" }, { brokerName: "b2" }, { brokerId: 1 }]) {
      const reply = await rig.ask(`PUT ${held}`, { body: { ...topics(), ...other } });
      expect(reply).toMatchObject({ status: 409, body: { type: "/problems/conflict", hint: expect.any(String) } });
    }
    expect((await rig.ask("GET /brokers/registrations")).body.data).toHaveLength(1);
  });

  test("is 207 where a stale topic could not be deleted", async () => {
    const refuses = { handlers: { ...nameServerScript, 216: refusing(1, "no") } };
    await using rig = await startRig({ upstreams: ["up", refuses] });
    await register(rig.ask, {}, "a", "b");
    expect(await rig.ask(`PUT ${held}?deleteStale=true`, { body: topics("a") })).toMatchObject({
      status: 207,
      body: {
        results: [{ ok: true }, { ok: true }],
        deletedTopics: [
          { topic: "b", ok: true },
          { topic: "b", ok: false, code: 1, remark: "no" },
        ],
      },
    });
  });

  test("stays as it was when no server takes the change, and nothing is deleted", async () => {
    let isFull = false;
    const handlers = { ...nameServerScript, 103: () => (isFull ? { code: 1, remark: "full" } : {}), 216: () => ({}) };
    await using rig = await startRig({ upstreams: [{ handlers }] });
    await register(rig.ask, {}, "a", "b");
    isFull = true;
    const reply = await rig.ask(`PUT ${held}?deleteStale=true`, { body: topics("a") });
    expect(reply).toMatchObject({ status: 502, body: { results: [{ ok: false, code: 1, remark: "full" }] } });
    expect(rig.scripted[0]?.requests(216)).toEqual([]);
    const { body } = await rig.ask(`GET ${held}`);
    expect(Object.keys(body.topicConfigSerializeWrapper.topicConfigTable)).toEqual(["a", "b"]);
    expect(body.results).toMatchObject([{ ok: false, code: 1, remark: "full" }]);
  });

  test("is gone once it is deleted", async () => {
    await using rig = await startRig();
    const location = (await register(rig.ask, {}, "t")).headers.get("location") as string;
    expect((await rig.ask(`DELETE ${location}`)).status).toBe(200);
    for (const [operation, body] of [["GET"], ["DELETE"], ["PUT", topics()]] as const) {
      expect(await rig.ask(`${operation} ${location}`, { body })).toMatchObject({
        status: 404,
        body: { type: "/problems/not-found", detail: expect.stringContaining("c1~b1~0") },
      });
    }
    expect((await rig.ask("GET /brokers/registrations")).body).toEqual({ data: [], next: null });
    for (const path of ["/brokers/b1", "/topics/t/route"]) expect((await rig.ask(`GET ${path}`)).status).toBe(404);
    expect((await register(rig.ask)).status).toBe(201);
  });

  test("is let go of even where no server can be told", async () => {
    const handlers = { ...nameServerScript, 104: refusing(1, "no") };
    await using rig = await startRig({ upstreams: [{ handlers }] });
    await register(rig.ask);
    expect(await rig.ask(`DELETE ${held}`)).toMatchObject({ status: 502, body: { results: [{ code: 1 }] } });
    await rig.scripted[0]?.saw("1 104", "1 close");
    expect((await rig.ask(`GET ${held}`)).status).toBe(404);
  });

  test.each(["c1~b1~1", "c1", "c1~b1~0~", "C1~b1~0", "%2F", "c1~b1~0%20"])("isn't found by %s", async (id) => {
    await using rig = await startRig();
    await register(rig.ask);
    expect((await rig.ask(`GET /brokers/registrations/${id}`)).status).toBe(404);
  });
});

describe("on a host that can't hold a registration", () => {
  test.each([
    "POST /brokers/register",
    "GET /brokers/registrations",
    "GET /brokers/registrations/x",
    "PUT /brokers/registrations/x",
    "DELETE /brokers/registrations/x",
  ])("%s is 501 before anything of it is looked at", async (operation) => {
    await using rig = await startRig({ upstreams: [{}], registrations: false });
    const inits = [{}, { headers: { accept: "text/html" } }, operation.startsWith("P") ? { body: "{" } : {}];
    for (const init of inits) {
      const reply = await rig.ask(`${operation}?unknown=1`, init);
      expect(reply).toMatchObject({ status: 501, body: { type: "/problems/not-supported" } });
      expect(reply.body.hint).toContain("Bun, Deno or Node.js");
    }
    expect(rig.scripted[0]?.journal).toEqual([]);
  });

  test("the rest works", async () => {
    await using rig = await startRig({ registrations: false });
    expect((await rig.ask("PUT /kv/n/k", { body: { value: "v" } })).status).toBe(200);
    expect((await rig.ask("GET /kv/n/k")).status).toBe(200);
    const { haServerAddr: _, ...body } = broker();
    expect((await rig.ask("POST /brokers/unregister", { body })).status).toBe(200);
  });
});

describe("what would not last", () => {
  test("another id at the address of a held one is a conflict, and nothing is sent", async () => {
    await using rig = await startRig();
    await register(rig.ask);
    const twin = await register(rig.ask, { brokerId: 1 });
    expect(twin).toMatchObject({ status: 409, body: { hint: "Delete c1~b1~0 first." } });
    expect((await rig.ask("GET /brokers/b1")).body.brokerAddrs).toEqual({ 0: "10.0.0.7:10911" });
  });

  test("a DataVersion whose counter is at its end begins anew", async () => {
    await using rig = await startRig();
    const dataVersion = `{"counter":9223372036854775807,"timestamp":1}`;
    const body = `{"clusterName":"c1","brokerName":"b1","brokerAddr":"h:1","brokerId":0,"haServerAddr":"h:2",
      "topicConfigSerializeWrapper":{"topicConfigTable":{},"dataVersion":${dataVersion}}}`;
    expect((await rig.ask("POST /brokers/register", { body })).status).toBe(201);
    const changed = await rig.ask(`PUT ${held}`, { body: topics("t") });
    expect(changed).toMatchObject({
      status: 200,
      body: { topicConfigSerializeWrapper: { dataVersion: { counter: 0 } } },
    });
  });

  test("a topic without a name is refused", async () => {
    await using rig = await startRig();
    const refused = await register(rig.ask, {}, "");
    expect(refused.status).toBe(422);
  });
});
