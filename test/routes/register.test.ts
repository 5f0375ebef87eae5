import { describe, expect, test } from "bun:test";
import { inflate } from "../../src/body/zlib.ts";
import { limits } from "../../src/limits.ts";
import { isOneway } from "../../src/wire/remoting-command.ts";
import { startRig } from "../gateway/support/rig.ts";
import { broker } from "../support/http.ts";
import { gated, nameServerScript, refusing } from "../support/scripts.ts";
import { identity, register, topics } from "./support.ts";

const held = "/brokers/registrations/c1~b1~0";
const answered = { nameServer: "ns0:9876", ok: true, code: 0, codeName: "SUCCESS", remark: null };
const told = { masterAddr: null, haServerAddr: null, kvTable: null };

describe("POST /brokers/register", () => {
  test("holds the broker: 201, and at the same place 200 from then on", async () => {
    await using rig = await startRig();
    const before = Date.now();
    const first = await register(rig.ask);
    const { expiresAt, elapsedMs } = first.body.results[0];
    const results = [{ ...answered, elapsedMs, ...told, expiresAt }];
    const body = { id: "c1~b1~0", ...identity(), held: true, ...told, results };
    expect({ status: first.status, body: first.body }).toEqual({ status: 201, body });
    expect(first.headers.get("location")).toBe(held);
    expect(expiresAt - before).toBeGreaterThanOrEqual(limits.brokerExpiryMillis);
    expect(expiresAt - before).toBeLessThan(limits.brokerExpiryMillis + 5_000);

    const again = await register(rig.ask, { brokerAddr: "10.0.0.8:10911" });
    expect(again).toMatchObject({ status: 200, body: { id: "c1~b1~0", brokerAddr: "10.0.0.8:10911", held: true } });
    expect(again.headers.get("location")).toBe(held);
    expect((await rig.ask("GET /brokers/registrations")).body.data).toHaveLength(1);
    expect((await rig.ask("GET /brokers/b1")).body.brokerAddrs).toEqual({ "0": "10.0.0.8:10911" });
  });

  test("with hold:false says when it will end, and holds nothing", async () => {
    await using rig = await startRig();
    const before = Date.now();
    const reply = await register(rig.ask, { hold: false });
    expect(reply).toMatchObject({ status: 201, body: { held: false, ends: expect.stringContaining("not held") } });
    expect(reply.headers.get("location")).toBe("/brokers/b1");
    expect(reply.body.endsAt - before).toBeGreaterThanOrEqual(limits.brokerExpiryMillis);
    expect(reply.body.endsAt).toBe(reply.body.results[0].expiresAt);
    expect((await rig.ask("GET /brokers/registrations")).body.data).toEqual([]);
    expect((await rig.ask("GET /brokers/b1")).status).toBe(200);
    expect((await rig.ask("POST /brokers/unregister", { body: identity() })).status).toBe(200);
    expect((await rig.ask("GET /brokers/b1")).status).toBe(404);
  });

  test("with hold:false is a conflict for one that is held", async () => {
    await using rig = await startRig();
    await register(rig.ask);
    const { status, body } = await register(rig.ask, { hold: false });
    expect({ status, body }).toMatchObject({ status: 409, body: { type: "/problems/conflict" } });
    expect(body.hint).toBe("Delete it first, or leave out hold.");
  });

  test("one-way waits for no answer", async () => {
    const upstream = { handlers: { ...nameServerScript, 103: () => null } };
    await using rig = await startRig({ upstreams: [upstream] });
    const reply = await rig.ask("POST /brokers/register?oneway=true", { body: broker({ timeoutMillis: 2_000 }) });
    expect(reply).toMatchObject({ status: 202, body: { held: true, ...told, results: [{ ok: true, code: null }] } });
    expect(reply.headers.get("location")).toBe(held);
    await rig.scripted[0]?.saw("1 103 oneway");
    expect(rig.scripted[0]?.requests(103).map(isOneway)).toEqual([true]);
    const same = await rig.ask("POST /brokers/register?oneway=false", { body: broker({ timeoutMillis: 20 }) });
    expect(same.status).toBe(502);
  });

  test("with force:false registers only where the DataVersion differs", async () => {
    await using rig = await startRig();
    const dataVersion = { timestamp: 1, counter: 7 };
    const body = broker({ force: false, topicConfigSerializeWrapper: { topicConfigTable: { t: {} }, dataVersion } });
    const ask = () => rig.ask("POST /brokers/register", { body });
    expect(await ask()).toMatchObject({ status: 201, body: { results: [{ ok: true, needRegister: true, ...told }] } });
    expect(await ask()).toMatchObject({ status: 200, body: { results: [{ ok: true, needRegister: false, ...told }] } });
    dataVersion.counter++;
    expect(await ask()).toMatchObject({ status: 200, body: { results: [{ needRegister: true }] } });
    const forced = await register(rig.ask, { force: true });
    expect(forced.body.results[0]).not.toHaveProperty("needRegister");
  });

  test("with force:false sends nothing but the question where it is the same", async () => {
    const same = { ...nameServerScript, 322: () => ({ extFields: { changed: "false" } }) };
    await using rig = await startRig({ upstreams: [{ handlers: same }] });
    expect((await register(rig.ask, { force: false })).body.results).toMatchObject([{ ok: true, needRegister: false }]);
    expect(rig.scripted[0]?.requests(322)).toHaveLength(1);
    expect(rig.scripted[0]?.requests(103)).toEqual([]);
  });

  test("sends all that was stated", async () => {
    await using rig = await startRig({ upstreams: [{ handlers: nameServerScript }] });
    const stated = {
      compressed: true,
      heartbeatTimeoutMillis: 60_000,
      enableActingMaster: true,
      brokerPermission: 4,
      filterServerList: ["10.0.0.9:1"],
      topicConfigSerializeWrapper: { topicConfigTable: { t: { perm: 6 }, u: { readQueueNums: 3 } } },
    };
    expect((await register(rig.ask, stated)).status).toBe(201);
    const [request] = rig.scripted[0]?.requests(103) ?? [];
    expect(request?.extFields).toMatchObject({
      clusterName: "c1",
      brokerName: "b1",
      brokerAddr: "10.0.0.7:10911",
      brokerId: "0",
      haServerAddr: "10.0.0.7:10912",
      compressed: "true",
      heartbeatTimeoutMillis: "60000",
      enableActingMaster: "true",
    });
    const body = new TextDecoder().decode(inflate(request?.body as Uint8Array, 10_000));
    for (const part of ["t 8 8 4 SINGLE_TAG", "u 3 8 4 SINGLE_TAG", '["10.0.0.9:1"]']) expect(body).toContain(part);
  });
});

describe("what the name servers say to a registration", () => {
  test("is on top and in its row: a slave's master, and the order configuration", async () => {
    await using rig = await startRig();
    await rig.ask("PUT /kv/ORDER_TOPIC_CONFIG/t", { body: { value: "b1:8" } });
    await register(rig.ask);
    const slave = { brokerId: 1, brokerAddr: "10.0.0.8:10911", haServerAddr: "10.0.0.8:10912" };
    const { body } = await register(rig.ask, slave);
    const expected = {
      masterAddr: "10.0.0.7:10911",
      haServerAddr: "10.0.0.7:10912",
      kvTable: { table: { t: "b1:8" } },
    };
    expect(body).toMatchObject({ ...expected, results: [expected] });
    const master = (await register(rig.ask)).body;
    expect(master).toMatchObject({ masterAddr: null, haServerAddr: null, kvTable: { table: { t: "b1:8" } } });
  });

  test("is on top as the first of them said it", async () => {
    const fields = (host: string) => ({ extFields: { masterAddr: `${host}:1`, haServerAddr: `${host}:2` } });
    const slow = gated(() => fields("slow"));
    const quick = { handlers: { ...nameServerScript, 103: () => fields("quick") } };
    await using rig = await startRig({ upstreams: [{ handlers: { ...nameServerScript, 103: slow.handler } }, quick] });
    const registering = register(rig.ask);
    await rig.scripted[0]?.saw("1 103");
    await rig.scripted[1]?.saw("1 103");
    setImmediate(() => setImmediate(slow.open));
    const { body } = await registering;
    expect(body).toMatchObject({
      masterAddr: "quick:1",
      haServerAddr: "quick:2",
      results: [{ masterAddr: "slow:1" }, { masterAddr: "quick:1", haServerAddr: "quick:2" }],
    });
  });

  test("is on top also where another failed first", async () => {
    const refuses = { handlers: { ...nameServerScript, 103: refusing(1) } };
    const tells = { handlers: { ...nameServerScript, 103: () => ({ extFields: { masterAddr: "m:1" } }) } };
    await using rig = await startRig({ upstreams: [refuses, "down", tells] });
    expect(await register(rig.ask)).toMatchObject({ status: 207, body: { masterAddr: "m:1", haServerAddr: null } });
  });
});

describe("POST /brokers/unregister", () => {
  test("leaves alone what the gateway holds, and says where that is", async () => {
    await using rig = await startRig();
    await register(rig.ask);
    const { status, body } = await rig.ask("POST /brokers/unregister", { body: identity() });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { type: "/problems/conflict", hint: `DELETE ${held}` },
    });
    expect((await rig.ask("GET /brokers/b1")).status).toBe(200);
    expect((await rig.ask("POST /brokers/unregister", { body: identity({ brokerId: 1 }) })).status).toBe(200);
  });

  test("makes the name server forget a broker of someone else", async () => {
    await using rig = await startRig();
    await register(rig.ask, { hold: false }, "t");
    expect((await rig.ask("GET /topics/t/route")).status).toBe(200);
    await rig.ask("POST /brokers/unregister", { body: identity() });
    expect((await rig.ask("GET /topics/t/route")).status).toBe(404);
  });
});

test("more registrations than a gateway holds are 503", async () => {
  await using rig = await startRig({ limits: { maxRegistrations: 1 } });
  expect((await register(rig.ask, topics("t"))).status).toBe(201);
  const reply = await register(rig.ask, { brokerName: "b2" });
  expect(reply).toMatchObject({ status: 503, body: { type: "/problems/unavailable" } });
  expect(reply.headers.get("retry-after")).toBe("1");
  expect((await register(rig.ask)).status).toBe(200);
});
