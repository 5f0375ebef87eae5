import { describe, expect, test } from "bun:test";
import { V3_2_6 } from "../../src/wire/versions.ts";
import { type Rig, startRig } from "../gateway/support/rig.ts";
import { refusing, silent } from "../support/scripts.ts";
import { brokerScript } from "./broker-script.ts";
import { client, connection, consumers, groupScript, offsetMsgIdAt, tells } from "./group-script.ts";
import { register, registerBrokers } from "./support.ts";

const handlers = { ...brokerScript, ...groupScript };
const broker = (more = {}) => ({ handlers: { ...handlers, ...more } });
const offline = refusing(206, "the consumer group[g] not online");
const nobody = refusing(1, "no consumer for this group, g");
const without = broker({ 203: offline, 38: nobody });

/** The requests of a code at each broker. */
const counts = ({ brokers }: Rig, code: number) => brokers.map((server) => server.requests(code).length);

describe("GET /groups/{group}/clients", () => {
  test("has each client once, and of each topic the newest subscription", async () => {
    const first = consumers(connection("10.0.0.9:1"), { subVersion: 1 });
    const both = consumers(`${connection("10.0.0.9:2")},${connection("10.0.0.8:3", "a@1")}`, { subVersion: 2 });
    const other = consumers(connection("10.0.0.9:4"), { topic: "u", subVersion: 1 });
    const brokers = [first, both, other].map((answer) => broker({ 203: answer }));
    await using rig = await startRig({ brokers: [...brokers, without] });
    await registerBrokers(rig);
    const { status, body } = await rig.ask("GET /groups/g/clients");
    expect({ status, data: body.data }).toEqual({
      status: 200,
      data: [
        {
          clientId: client,
          clientAddr: "10.0.0.9:1",
          language: "JAVA",
          version: 513,
          connections: [
            { brokerName: "b1", clientAddr: "10.0.0.9:1" },
            { brokerName: "b2", clientAddr: "10.0.0.9:2" },
            { brokerName: "b3", clientAddr: "10.0.0.9:4" },
          ],
        },
        {
          clientId: "a@1",
          clientAddr: "10.0.0.8:3",
          language: "JAVA",
          version: 513,
          connections: [{ brokerName: "b2", clientAddr: "10.0.0.8:3" }],
        },
      ],
    });
    expect(body.subscriptionTable).toMatchObject({ t: { subVersion: 2 }, u: { subVersion: 1 } });
    expect(body).toMatchObject({ messageModel: "CLUSTERING", consumeFromWhere: "CONSUME_FROM_FIRST_OFFSET" });
  });

  test("may be asked for ids alone", async () => {
    const ids = (...list: string[]) => tells(JSON.stringify({ consumerIdList: list }));
    await using rig = await startRig({
      brokers: [broker({ 38: ids("b", "a") }), broker({ 38: ids("a", "c") }), without],
    });
    await registerBrokers(rig);
    const { status, body } = await rig.ask("GET /groups/g/clients?fields=clientId");
    const data = ["a", "b", "c"].map((clientId) => ({ clientId }));
    expect({ status, body }).toEqual({ status: 200, body: { data, next: null } });
    expect(counts(rig, 203)).toEqual([0, 0, 0]);
    expect((await rig.ask("GET /groups/g/clients?fields=language")).status).toBe(400);
  });

  test("of a group that isn't online is 404", async () => {
    await using rig = await startRig({ brokers: [without, without] });
    await registerBrokers(rig);
    expect(await rig.ask("GET /groups/g/clients")).toMatchObject({ status: 404, body: { code: 206 } });
    expect(await rig.ask("GET /groups/g/clients?fields=clientId")).toMatchObject({
      status: 404,
      body: { code: 1, hint: expect.stringContaining("while they are connected") },
    });
  });
});

describe("GET /groups/{group}/clients/{client}", () => {
  const path = `/groups/%25RETRY%25g/clients/${encodeURIComponent(client)}`;

  test("asks a broker that has the client, and no other", async () => {
    await using rig = await startRig({ brokers: [without, broker(), broker()] });
    await registerBrokers(rig);
    expect((await rig.ask(`GET ${path}`)).body.mqTable).toHaveLength(1);
    expect(counts(rig, 307)).toEqual([0, 1, 0]);
    expect(rig.brokers[1]?.requests(307)[0]?.extFields).toEqual({
      consumerGroup: "%RETRY%g",
      clientId: client,
      jstackEnable: "false",
    });
    await rig.ask(`GET ${path}?jstack=true&broker=b3`);
    expect(rig.brokers[2]?.requests(307)[0]?.extFields).toMatchObject({ jstackEnable: "true" });
  });

  test.each([
    ["nobody of the group is online", [without], 404],
    ["another client is", [broker({ 38: tells('{"consumerIdList":["x"]}') }), without], 404],
    ["another client is, and a broker can't say", [broker({ 38: tells('{"consumerIdList":["x"]}') }), silent], 504],
    ["it has just left", [broker({ 307: refusing(1, `The Consumer <g> <${client}> not online`) })], 404],
    ["it doesn't answer its broker", [broker({ 307: refusing(207, "consumer <g> <c> Timeout: 10000(ms)") })], 504],
    ["it is too old", [broker({ 307: refusing(1, "The Consumer <c> Version <V3_0_0_SNAPSHOT> too low") })], 502],
  ])("when %s", async (_, given, status) => {
    const brokers = given.map((one) => (typeof one === "function" ? broker({ 38: one }) : one));
    await using rig = await startRig({ brokers, limits: { timeoutMillis: 80 } });
    await registerBrokers(rig);
    expect((await rig.ask(`GET ${path}`)).status).toBe(status);
  });

  test("waits for the client as long as the broker does, unless the caller won't", async () => {
    await using rig = await startRig({ brokers: [broker({ 307: silent })], limits: { relayTimeoutMillis: 90 } });
    await registerBrokers(rig);
    const begun = performance.now();
    expect((await rig.ask(`GET ${path}`)).status).toBe(504);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe("POST /groups/{group}/clients/{client}/messages", () => {
  const operation = `POST /groups/g/clients/${encodeURIComponent(client)}/messages`;
  const host = "10.1.0.1";

  test("goes through the broker that has the message", async () => {
    await using rig = await startRig({ brokers: [broker(), { host, ...broker() }] });
    await registerBrokers(rig);
    const offsetMsgId = offsetMsgIdAt(rig.brokers[1]?.address, 4_711);
    const { status, body } = await rig.ask(operation, { body: { offsetMsgId, topic: "t" } });
    expect({ status, body }).toMatchObject({ status: 200, body: { offsetMsgId, consumeResult: "CR_SUCCESS" } });
    expect(counts(rig, 309)).toEqual([0, 1]);
    const fields = { consumerGroup: "g", clientId: client, msgId: offsetMsgId, brokerName: "b2", topic: "t" };
    expect(rig.brokers[1]?.requests(309)[0]?.extFields).toEqual(fields);
  });

  test("isn't sent where the client isn't known: newer brokers would make the group", async () => {
    await using rig = await startRig({ brokers: [{ host, ...without }] });
    await registerBrokers(rig);
    const offsetMsgId = offsetMsgIdAt(rig.brokers[0]?.address);
    expect((await rig.ask(operation, { body: { offsetMsgId } })).status).toBe(404);
    expect(counts(rig, 309)).toEqual([0]);
  });

  test("never dials an address that no name server tells", async () => {
    await using rig = await startRig({ brokers: [{ host, ...broker() }] });
    const stranger = await rig.startBroker({ host: "10.1.0.2", ...broker() });
    await registerBrokers({ ...rig, brokers: rig.brokers.slice(0, 1) });
    const offsetMsgId = offsetMsgIdAt(stranger.address);
    expect(await rig.ask(operation, { body: { offsetMsgId } })).toMatchObject({
      status: 404,
      body: { detail: `Cannot find message ${offsetMsgId}: no broker is known at ${stranger.name}` },
    });
    expect((await rig.ask(`GET /messages/${offsetMsgId}/consumers`)).status).toBe(404);
    expect(stranger.connections).toEqual([]);
  });

  test.each([
    ["client isn't online", refusing(1, `The Consumer <g> <${client}> not online`), 404],
    [
      "message isn't there",
      refusing(1, "java.lang.NullPointerException: x, a.AdminBrokerProcessor.consumeMessageDirectly(A.java:1)"),
      404,
    ],
    ["client is silent", refusing(207, "consumer <g> <c> Timeout"), 504],
    ["client fails", tells('{"autoCommit":true,"consumeResult":"CR_THROW_EXCEPTION","order":false,"remark":"x"}'), 200],
  ])("when the %s", async (_, answer, status) => {
    await using rig = await startRig({ brokers: [{ host, ...broker({ 309: answer }) }] });
    await registerBrokers(rig);
    const offsetMsgId = offsetMsgIdAt(rig.brokers[0]?.address);
    expect((await rig.ask(operation, { body: { offsetMsgId } })).status).toBe(status);
  });

  test.each(["", "7F00", "xx".repeat(16), "00".repeat(17)])("takes no %j for an id", async (offsetMsgId) => {
    await using rig = await startRig();
    expect(await rig.ask(operation, { body: { offsetMsgId } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "/offsetMsgId" }] },
    });
  });
});

describe("PATCH /groups/{group}/clients/{client}", () => {
  test("is 501 before anything of it is looked at", async () => {
    await using rig = await startRig({ upstreams: ["down"] });
    for (const init of [{}, { body: "{" }, { body: { coreSize: 1 } }]) {
      expect(await rig.ask("PATCH /groups/g/clients/c", init)).toMatchObject({
        status: 501,
        body: { type: "/problems/not-supported", hint: expect.stringContaining("updateCorePoolSize") },
      });
    }
  });
});

describe("GET /producer-groups/{producerGroup}/clients", () => {
  test("asks the masters that have the topic, or those that are named, or all", async () => {
    await using rig = await startRig({ brokers: [broker(), broker()] });
    await registerBrokers({ ...rig, brokers: rig.brokers.slice(0, 1) }, "t");
    await register(rig.ask, { brokerName: "b2", brokerAddr: rig.brokers[1]?.name });
    const ask = async (query: string) => {
      const before = counts(rig, 204);
      const { status } = await rig.ask(`GET /producer-groups/p/clients${query}`);
      return [status, ...counts(rig, 204).map((count, index) => count - (before[index] ?? 0))];
    };
    expect(await ask("")).toEqual([200, 1, 1]);
    expect(await ask("?topic=t")).toEqual([200, 1, 0]);
    expect(await ask("?broker=b2")).toEqual([200, 0, 1]);
    expect(await ask("?topic=none")).toEqual([404, 0, 0]);
    expect(await ask("?topic=t&broker=b2")).toEqual([400, 0, 0]);
    expect(await ask("?topic=t&cluster=c1")).toEqual([400, 0, 0]);
  });

  test("of a group that isn't online is 404, at any version", async () => {
    const refused = refusing(1, "the producer group[p] not exist");
    await using rig = await startRig({ brokers: [{ version: V3_2_6, ...broker({ 204: refused }) }] });
    await registerBrokers(rig);
    expect(await rig.ask("GET /producer-groups/p/clients")).toMatchObject({ status: 404, body: { code: 1 } });
  });
});
