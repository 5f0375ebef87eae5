import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { closing, gated, refusing, silent } from "../support/scripts.ts";
import { CONSUMER, heartbeats, only, sessionHouse } from "./support.ts";

describe("opening a session", () => {
  test("makes it a client of every broker, each over a connection of its own", async () => {
    const own = await sessionHouse([{}, { version: 78 }]);
    const { id, spec, outcomes, expiresAt, listeners } = await own.open();
    expect(outcomes.map(({ ok, broker }) => [ok, broker.brokerName])).toEqual([
      [true, "b1"],
      [true, "b2"],
    ]);
    for (const broker of own.brokers) {
      expect(broker.journal).toEqual(["1 open", "1 38", "1 34"]);
      expect(heartbeats(broker)).toMatchObject([{ clientID: "c", consumerDataSet: [{ groupName: "g" }] }]);
    }
    // Each hears a version that it knows.
    expect(own.brokers.map((broker) => broker.requests(34)[0]?.version)).toEqual([513, 78]);
    expect({ spec, listeners }).toMatchObject({ spec: { clientId: "c", leaseMillis: 60_000 }, listeners: 0 });
    expect(expiresAt).toBeGreaterThan(Date.now() + 50_000);
    expect(own.sessions.list()).toHaveLength(1);
    expect(own.sessions.get(id)).toMatchObject({ id, states: [{ connected: true, last: { ok: true } }, {}] });
    expect(own.sessions.stats).toEqual({ sessions: 1, connections: 2 });
    await own.open({ ...CONSUMER, clientId: "c2" });
    expect(own.brokers.map(({ openCount }) => openCount)).toEqual([2, 2]);
    await own.sessions.close(100);
  });

  test("asks for the brokers of its topics, and for all where it has a producer group", async () => {
    const own = await sessionHouse();
    const consumerGroups = ["t", "u", "t"].map((topic, at) => ({ group: `g${at}`, topic }));
    await own.open({ consumerGroups });
    await own.open({ consumerGroups, producerGroups: ["p"] });
    await own.open({ producerGroups: ["p"] });
    expect(own.needs).toEqual([
      { topics: ["t", "u"], all: false },
      { topics: ["t", "u"], all: true },
      { topics: [], all: true },
    ]);
    await own.sessions.close(100);
  });

  test("is held where one broker takes it, or as many as are enough", async () => {
    const own = await sessionHouse([{}, { handlers: { 34: refusing(16, "no") } }]);
    const { outcomes } = await own.open();
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, fault: { fault: "refused" } }]);
    expect(own.sessions.list()).toHaveLength(1);
    const isEnough = (ok: number, all: number) => ok === all;
    await own.open({ ...CONSUMER, clientId: "d" }, { isEnough });
    expect(own.sessions.list()).toHaveLength(1);
    await settle();
    expect(own.brokers.map(({ openCount }) => openCount)).toEqual([1, 1]);
    // It has left no name behind.
    await own.open({ ...CONSUMER, clientId: "d" });
    await own.sessions.close(100);
  });

  test("leaves nothing where every broker fails", async () => {
    using clock = fakeClock();
    const own = await sessionHouse([{ handlers: { 34: silent } }, { handlers: { 34: closing } }]);
    const opening = own.open();
    await clock.advance(2_100);
    expect((await opening).outcomes.map((outcome) => !outcome.ok && outcome.fault.fault)).toEqual([
      "timeout",
      "closed",
    ]);
    await settle();
    expect({ held: own.sessions.list(), open: own.brokers.map(({ openCount }) => openCount) }).toEqual({
      held: [],
      open: [0, 0],
    });
    expect(clock.timers).toBe(0);
  });

  test("one-way waits for no answer", async () => {
    const own = await sessionHouse([{ handlers: { 34: silent } }]);
    expect((await own.open(CONSUMER, { oneway: true })).outcomes).toMatchObject([{ ok: true }]);
    await only(own).saw("1 34 oneway");
    await own.sessions.close(100);
  });

  test("is refused where its client id is taken, until that one is gone", async () => {
    const own = await sessionHouse();
    const { id } = await own.open();
    expect(await faultOf(own.open())).toMatchObject({ fault: "conflict", options: { hint: expect.any(String) } });
    await own.sessions.release(id, { oneway: false, timeoutMillis: 100 });
    await own.open();
    await own.sessions.close(100);
  });

  test("is refused beyond the limit, those that are being opened included", async () => {
    const gate = gated();
    const own = await sessionHouse([{ handlers: { 34: gate.handler } }], { limits: { maxSessions: 2 } });
    const [one, two] = [own.open({ producerGroups: ["p"] }), own.open({ producerGroups: ["p"] })];
    expect(await faultOf(own.open({ producerGroups: ["p"] }))).toMatchObject({ fault: "unavailable" });
    gate.open();
    const { id } = await one;
    await two;
    expect(await faultOf(own.open({ producerGroups: ["p"] }))).toMatchObject({ fault: "unavailable" });
    await own.sessions.release(id, { oneway: false, timeoutMillis: 100 });
    await own.open({ producerGroups: ["p"] });
    await own.sessions.close(100);
  });

  test("finds no broker for a topic that is nowhere, and keeps nothing", async () => {
    const own = await sessionHouse([{}], { knownAtFirst: 0 });
    const fault = await faultOf(own.open());
    expect({ fault: fault.fault, message: fault.message }).toEqual({
      fault: "not-found",
      message: "Cannot find a broker for the session: there is no route to t",
    });
    expect(only(own).journal).toEqual([]);
    own.known.push({
      ...only(own).address,
      kind: "broker",
      cluster: null,
      brokerName: "b",
      brokerId: 0,
      address: "x:1",
    });
    await own.open();
    await own.sessions.close(100);
  });

  test("that a stop overtakes is refused, and nothing stays open", async () => {
    const gate = gated();
    const own = await sessionHouse([{ handlers: { 34: gate.handler } }]);
    const opening = faultOf(own.open());
    await only(own).saw("1 34");
    const closed = own.sessions.close(100);
    gate.open();
    expect(await opening).toMatchObject({ fault: "unavailable" });
    await closed;
    await settle();
    expect(only(own).openCount).toBe(0);
    expect(await faultOf(own.open())).toMatchObject({ fault: "unavailable" });
  });
});
