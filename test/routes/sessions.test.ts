import { describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { consumerRunningInfo } from "../../src/body/consumer-running-info.ts";
import { consumerStatus } from "../../src/body/queue-offsets.ts";
import { utf8 } from "../../src/bytes/utf8.ts";
import { type Rig, type RigOptions, startRig } from "../gateway/support/rig.ts";
import { listen } from "../support/events.ts";
import { refusing } from "../support/scripts.ts";
import { until } from "../support/until.ts";
import { brokerScript } from "./broker-script.ts";
import { registerBrokers } from "./support.ts";

const ONE_WAY = 2;
const CONSUMER = { consumerGroups: [{ group: "g", topic: "t" }] };

/** A gateway before brokers with topic t. */
async function furnished(options: RigOptions = {}): Promise<Rig> {
  const rig = await startRig({ brokers: [{ handlers: brokerScript }], ...options });
  await registerBrokers(rig, "t");
  return rig;
}

/** Opens a session: where it is. */
async function open({ ask }: Rig, body: object = CONSUMER): Promise<string> {
  const { status, headers } = await ask("POST /sessions", { body });
  expect(status).toBe(201);
  return headers.get("location") ?? "";
}

/** Has the first broker ask the session that it knows by its latest connection. */
function brokerAsks({ brokers }: Rig, code: number, more: { flag?: number; body?: Uint8Array } = {}): void {
  const sender = { language: "JAVA", version: 513, remark: null };
  const extFields = { consumerGroup: "g", clientId: "c" };
  brokers[0]?.connections.at(-1)?.command({ ...sender, code, opaque: code, flag: 0, extFields, body: null, ...more });
}

/** What the first broker was answered. */
function answered({ brokers }: Rig) {
  return brokers[0]?.connections.at(-1)?.responses ?? [];
}

describe("a session", () => {
  test("is opened at every broker of its topics, and of a producer group at all there are", async () => {
    await using rig = await furnished({ brokers: [{ handlers: brokerScript }, { handlers: brokerScript }] });
    const topics = { topicConfigSerializeWrapper: { topicConfigTable: { only: {} } } };
    await rig.ask("PUT /brokers/registrations/c1~b1~0", { body: topics });
    const rows = async (body: object) => {
      const { results } = (await rig.ask("POST /sessions", { body })).body;
      return results.map(({ brokerName }: { brokerName: string }) => brokerName);
    };
    expect(await rows({ consumerGroups: [{ group: "g", topic: "only" }] })).toEqual(["b1"]);
    expect((await rows({ producerGroups: ["p"] })).sort()).toEqual(["b1", "b2"]);
    expect((await rows({ ...CONSUMER, producerGroups: ["p"] })).sort()).toEqual(["b1", "b2"]);
  });

  test.each([
    ["a topic that is nowhere", { consumerGroups: [{ group: "g", topic: "none" }] }, 404],
    ["no group", {}, 422],
    [
      "a group that contradicts itself",
      { consumerGroups: [...CONSUMER.consumerGroups, { group: "g", topic: "t" }] },
      422,
    ],
    ["a lease that is too short", { ...CONSUMER, leaseMillis: 10 }, 422],
  ])("isn't opened with %s", async (_, body, status) => {
    await using rig = await furnished();
    expect((await rig.ask("POST /sessions", { body })).status).toBe(status);
    expect(rig.brokers[0]?.requests(34)).toEqual([]);
    expect((await rig.ask("GET /sessions")).body.data).toEqual([]);
  });

  test("isn't kept where every broker refuses, or too few take it", async () => {
    const refuses = { ...brokerScript, 34: refusing(16, "no") };
    await using rig = await furnished({ brokers: [{ handlers: brokerScript }, { handlers: refuses }] });
    expect((await rig.ask("POST /sessions?quorum=all", { body: CONSUMER })).status).toBe(502);
    expect((await rig.ask("GET /sessions")).body.data).toEqual([]);
    const [first] = rig.brokers;
    if (first) first.handlers[34] = refusing(16, "no");
    expect(await rig.ask("POST /sessions", { body: CONSUMER })).toMatchObject({
      status: 403,
      body: { code: 16, results: [{ ok: false }, { ok: false }] },
    });
    await first?.saw("2 close");
  });

  test("has a client id of its own", async () => {
    await using rig = await furnished();
    const body = { ...CONSUMER, clientId: "c" };
    await open(rig, body);
    expect(await rig.ask("POST /sessions", { body })).toMatchObject({
      status: 409,
      body: { hint: expect.any(String) },
    });
  });

  test("shows byte for byte what its heartbeats and its end are", async () => {
    await using rig = await furnished();
    const path = await open(rig, { ...CONSUMER, producerGroups: ["p"] });
    for (const [operation, code] of [
      [`PUT ${path}/heartbeat`, 34],
      [`DELETE ${path}`, 35],
    ] as const) {
      const before = rig.brokers[0]?.requests(code).length;
      const shown = (await rig.ask(`${operation}?dryRun=true`)).body.requests;
      expect(rig.brokers[0]?.requests(code)).toHaveLength(before ?? 0);
      await rig.ask(operation);
      const sent = rig.brokers[0]?.requests(code).slice(before) ?? [];
      const asJson = sent.map(({ opaque, extFields, body }) => ({
        opaque,
        extFields,
        ...(body && { body: new TextDecoder().decode(body) }),
      }));
      expect(shown.map(({ command }: { command: object }) => command)).toMatchObject(asJson);
    }
  });

  test("ends when nobody renews it, and then it is gone", async () => {
    await using rig = await furnished();
    const path = await open(rig, { ...CONSUMER, leaseMillis: 1_000 });
    await rig.brokers[0]?.saw("1 35", "1 close");
    for (const operation of [`GET ${path}`, `PUT ${path}/heartbeat`, `DELETE ${path}`, `GET ${path}/events`]) {
      expect(await rig.ask(operation)).toMatchObject({ status: 410, body: { type: "/problems/gone" } });
    }
    expect((await rig.ask(`POST ${path}/replies/1`, { body: {} })).status).toBe(410);
    expect((await rig.ask("GET /sessions")).body.data).toEqual([]);
  });

  test("that never was is not found", async () => {
    await using rig = await furnished();
    const path = "/sessions/0f8fad5b-d9cb-469f-a165-70867728950e";
    for (const operation of [`GET ${path}`, `PUT ${path}/heartbeat`, `DELETE ${path}`, `GET ${path}/events`]) {
      expect((await rig.ask(operation)).status).toBe(404);
    }
    expect((await rig.ask(`POST ${path}/replies/1`, { body: {} })).status).toBe(404);
  });
});

describe("the events of a session", () => {
  test("come as they happen, and it lives while they are read", async () => {
    await using rig = await furnished();
    const path = await open(rig, { ...CONSUMER, leaseMillis: 1_000 });
    const events = listen(await rig.stream(`GET ${path}/events`));
    brokerAsks(rig, 40, { flag: ONE_WAY });
    expect(await events.next()).toMatchObject({
      event: "group-changed",
      id: "1",
      data: {
        eventId: "1",
        requestCode: 40,
        codeName: "NOTIFY_CONSUMER_IDS_CHANGED",
        extFields: { consumerGroup: "g" },
        deadline: null,
        oneway: true,
        brokerName: "b1",
      },
    });
    // What begins with a comment tells its headers at once.
    expect(events.comments).toBe(1);
    expect((await rig.ask(`GET ${path}`)).body).toMatchObject({ expiresAt: null, listeners: 1 });
    await events.close();
    expect((await rig.ask(`GET ${path}`)).body).toMatchObject({ expiresAt: expect.any(Number), listeners: 0 });
    await rig.brokers[0]?.saw("1 35");
  });

  test("go on behind the last one that was read, and tell of a gap", async () => {
    await using rig = await furnished({ limits: { maxEventsKept: 3 } });
    const path = await open(rig);
    for (let count = 0; count < 5; count++) brokerAsks(rig, 40, { flag: ONE_WAY });
    const first = listen(await rig.stream(`GET ${path}/events`));
    expect(await first.next()).toEqual({ event: "gap", id: "2", data: { from: 1, to: 2 } });
    expect((await first.next())?.id).toBe("3");
    await first.close();
    for (const [query, headers] of [
      ["", { "last-event-id": "3" }],
      ["?lastEventId=3", {}],
      ["?lastEventId=0", { "last-event-id": "3" }],
    ] as const) {
      const again = listen(await rig.stream(`GET ${path}/events${query}`, headers));
      expect((await again.next())?.id).toBe("4");
      await again.close();
    }
    expect(await rig.ask(`GET ${path}/events`, { headers: { "last-event-id": "x" } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: "header:last-event-id" }] },
    });
  });

  test("end with the one that says why", async () => {
    await using rig = await furnished();
    const path = await open(rig);
    const events = [1, 2].map(async () => listen(await rig.stream(`GET ${path}/events`)));
    const [one, two] = await Promise.all(events);
    await rig.ask(`DELETE ${path}`);
    for (const each of [one, two]) {
      expect(await each?.next()).toMatchObject({ event: "expired", data: { reason: "deleted" } });
      expect(await each?.next()).toBeUndefined();
    }
  });

  test("can be had as what they are alone", async () => {
    await using rig = await furnished();
    const path = await open(rig);
    expect((await rig.ask(`GET ${path}/events`, { headers: { accept: "application/json" } })).status).toBe(406);
    const { status, headers } = await rig.ask(`HEAD ${path}/events`);
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    expect((await rig.ask(`GET ${path}`)).body.listeners).toBe(0);
  });

  test("are no more than so many streams", async () => {
    await using rig = await furnished({ limits: { maxStreams: 1 } });
    const path = await open(rig);
    const first = listen(await rig.stream(`GET ${path}/events`));
    const refused = await rig.ask(`GET ${path}/events`);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await rig.ask(`GET ${path}`)).body.listeners).toBe(1);
    await first.close();
    const { text } = await rig.ask("GET /metrics");
    expect(text).toContain("rocketmq_gateway_sessions 1\n");
    expect(text).toContain("rocketmq_gateway_session_connections 1\n");
    expect(text).toContain("rocketmq_gateway_streams 0\n");
  });

  test("end when the gateway stops", async () => {
    const rig = await furnished();
    const path = await open(rig);
    const events = listen(await rig.stream(`GET ${path}/events`));
    await rig[Symbol.asyncDispose]();
    expect(await events.next()).toMatchObject({ event: "expired", data: { reason: "stopping" } });
    expect(await events.next()).toBeUndefined();
    expect(rig.logged).toEqual([]);
  });
});

describe("a reply", () => {
  /** A session that listens, and is asked something. */
  async function asked(rig: Rig, code: number) {
    const path = await open(rig);
    const events = listen(await rig.stream(`GET ${path}/events`));
    brokerAsks(rig, code);
    const { data } = (await events.next()) ?? {};
    return {
      data,
      reply: (body: object) => rig.ask(`POST ${path}/replies/${data.eventId}`, { body }),
      path,
    };
  }

  test("says what the request asks for, and goes back as the broker reads it", async () => {
    await using rig = await furnished();
    const { data, reply } = await asked(rig, 307);
    expect(data.deadline).toBeGreaterThan(Date.now() + 5_000);
    const queue = { brokerName: "b1", queueId: 0, topic: "t" };
    const held = { commitOffset: 7, cachedMsgMinOffset: 0, cachedMsgMaxOffset: 0, cachedMsgCount: 0 };
    const times = { tryUnlockTimes: 0, lastLockTimestamp: 0, lastPullTimestamp: 0, lastConsumeTimestamp: 0 };
    const none = { transactionMsgMinOffset: 0, transactionMsgMaxOffset: 0, transactionMsgCount: 0 };
    const mqTable = [{ ...queue, ...held, ...times, ...none, locked: false, droped: false }];
    const body = { properties: { PROP_CONSUME_TYPE: "CONSUME_PASSIVELY" }, mqTable };
    const { status, text } = await reply({ body, remark: "by hand", extFields: { a: 1, b: true } });
    expect({ status, text }).toEqual({ status: 204, text: "" });
    await rig.brokers[0]?.saw("1 response");
    const [response] = answered(rig);
    expect(response).toMatchObject({
      code: 0,
      opaque: 307,
      flag: 1,
      remark: "by hand",
      extFields: { a: "1", b: "true" },
    });
    const decoded = consumerRunningInfo.decode(response?.body ?? new Uint8Array(), { version: 513, header: {} });
    expect(decoded).toEqual({ ...body, subscriptionSet: [], statusTable: {} });
    // A queue is a bare object, as fastjson wants it.
    expect(new TextDecoder().decode(response?.body ?? undefined)).toContain('"mqTable":{{"brokerName":"b1"');
  });

  test("may leave out what its client has nothing to say of", async () => {
    await using rig = await furnished();
    const { reply } = await asked(rig, 221);
    const messageQueueTable = [{ brokerName: "b1", queueId: 0, topic: "t", offset: 9 }];
    expect((await reply({ body: { messageQueueTable } })).status).toBe(204);
    await rig.brokers[0]?.saw("1 response");
    const body = answered(rig)[0]?.body ?? new Uint8Array();
    expect(consumerStatus.decode(body, { version: 513, header: {} })).toEqual({ messageQueueTable, consumerTable: {} });
  });

  test.each([
    ["a text", { body: '{"own":1}' }, utf8('{"own":1}')],
    ["bytes", { bodyBase64: "/wA=" }, new Uint8Array([255, 0])],
    ["nothing but a code", { code: 1, remark: "no such group" }, null],
  ])("may be %s", async (_, stated, body) => {
    await using rig = await furnished();
    const { reply } = await asked(rig, 309);
    expect((await reply(stated)).status).toBe(204);
    await rig.brokers[0]?.saw("1 response");
    expect(answered(rig)).toMatchObject([{ code: "code" in stated ? 1 : 0, body }]);
  });

  test.each<[string, object, string[]]>([
    [
      "another result",
      { body: { consumeResult: "CR_MAYBE" } },
      ["/body/order", "/body/autoCommit", "/body/spentTimeMills", "/body/consumeResult"],
    ],
    ["no object", { body: 7 }, ["/body"]],
    ["two bodies", { body: {}, bodyBase64: "AA==" }, ["/bodyBase64"]],
    ["a member that nobody knows", { status: 0 }, ["/status"]],
  ])("is refused with %s, and the broker waits on", async (_, stated, pointers) => {
    await using rig = await furnished();
    const { reply } = await asked(rig, 309);
    const refused = await reply(stated);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(pointers.sort());
    expect((await reply({ code: 1 })).status).toBe(204);
  });

  test("is a text where nothing is known of what was asked", async () => {
    await using rig = await furnished();
    const { reply, data } = await asked(rig, 99_999);
    expect(data).toMatchObject({ requestCode: 99_999, codeName: null });
    expect((await reply({ body: {} })).body.errors).toMatchObject([{ pointer: "/body" }]);
    expect((await reply({ body: "x" })).status).toBe(204);
  });

  test("comes once, in time, and to what asks for one", async () => {
    await using rig = await furnished({ limits: { replyMillis: 50 } });
    const { reply, path } = await asked(rig, 309);
    await rig.brokers[0]?.saw("1 response");
    const late = await reply({ code: 0 });
    expect({ status: late.status, type: late.body.type }).toEqual({ status: 410, type: "/problems/gone" });
    brokerAsks(rig, 40, { flag: ONE_WAY });
    const told = await until("it is told", async () => {
      const answer = await rig.ask(`POST ${path}/replies/2`, { body: {} });
      return answer.status !== 404 && answer;
    });
    expect(told).toMatchObject({ status: 409, body: { hint: expect.any(String) } });
    for (const event of ["99", "x", "0"]) {
      expect((await rig.ask(`POST ${path}/replies/${event}`, { body: {} })).status).toBe(404);
    }
  });
});

describe("on a host that can't hold a session", () => {
  const operations = routes.filter(({ path }) => path.startsWith("/sessions"));

  test.each(operations.map(({ method, path }) => `${method} ${path.replaceAll(/[{}]/g, "")}`))(
    "%s is 501 before anything of it is looked at",
    async (operation) => {
      await using rig = await startRig({ registrations: false });
      const inits = [{}, { headers: { accept: "image/png" } }, operation.startsWith("P") ? { body: "{" } : {}];
      for (const init of inits) {
        const reply = await rig.ask(`${operation}?unknown=1`, init);
        expect(reply).toMatchObject({ status: 501, body: { type: "/problems/not-supported" } });
        expect(reply.body.hint).toContain("Bun, Deno or Node.js");
      }
    },
  );
});
