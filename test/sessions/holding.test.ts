import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { brokerOf, CONSUMER, heartbeats, linkOf, only, sessionHouse } from "./support.ts";

const PRODUCER = { clientId: "p", producerGroups: ["pg"], leaseMillis: 3_600_000 };
const LONG = { ...CONSUMER, leaseMillis: 3_600_000 };

describe("a held session", () => {
  test("sends a heartbeat every 30 s, always the same", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    await own.open(LONG);
    await clock.advance(91_000);
    expect(only(own).journal).toEqual(["1 open", "1 38", "1 34", "1 34", "1 34", "1 34"]);
    const [first, ...later] = heartbeats(only(own));
    for (const each of later) expect(each).toEqual(first as (typeof later)[number]);
    await own.sessions.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("connects again a moment after its connection is lost", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open(LONG);
    linkOf(only(own)).socket.close();
    await settle();
    expect(own.sessions.get(id).states).toMatchObject([{ connected: false }]);
    expect(own.sessions.stats).toEqual({ sessions: 1, connections: 0 });
    await clock.advance(200);
    expect(only(own).journal.slice(3)).toEqual(["1 close", "2 open", "2 38", "2 34"]);
    expect(own.sessions.get(id).states).toMatchObject([{ connected: true, last: { ok: true } }]);
    await own.sessions.close(100);
  });

  test("tries with pauses that grow, until its broker is back", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    await own.open(LONG);
    const broker = only(own);
    broker.handlers[34] = closing;
    linkOf(broker).socket.close();
    await clock.advance(60_000, 50);
    const tried = broker.connections.length;
    expect(tried).toBeGreaterThan(12);
    expect(tried).toBeLessThan(40);
    broker.handlers[34] = () => ({});
    await clock.advance(5_100, 50);
    expect(broker.openCount).toBe(1);
    await own.sessions.close(100);
  });

  test("isn't thrown about by a broker that takes each heartbeat and hangs up", async () => {
    using clock = fakeClock();
    const own = await sessionHouse([
      {
        handlers: {
          34(request, connection) {
            connection.reply(request, {});
            connection.socket.close();
            return null;
          },
        },
      },
    ]);
    await own.open(LONG);
    await clock.advance(60_000, 50);
    expect(only(own).connections.length).toBeGreaterThan(12);
    expect(only(own).connections.length).toBeLessThan(40);
    await own.sessions.close(100);
  });

  test("takes a new connection after a heartbeat that went unanswered", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open(LONG);
    only(own).handlers[34] = silent;
    await clock.advance(33_100);
    expect(own.sessions.get(id).states[0]?.last).toMatchObject({ ok: false, fault: { fault: "timeout" } });
    only(own).handlers[34] = () => ({});
    await clock.advance(3_400, 100);
    expect(only(own).openCount).toBe(1);
    expect(own.sessions.get(id).states).toMatchObject([{ connected: true, last: { ok: true } }]);
    await own.sessions.close(100);
  });

  test("keeps its connection where a heartbeat is refused, and tries again soon", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open(LONG);
    only(own).handlers[34] = refusing(1, "busy");
    await clock.advance(30_100);
    expect(own.sessions.get(id).states).toMatchObject([{ connected: true, last: { ok: false } }]);
    only(own).handlers[34] = () => ({});
    await clock.advance(300);
    expect(own.sessions.get(id).states).toMatchObject([{ connected: true, last: { ok: true } }]);
    expect(only(own).connections).toHaveLength(1);
    await own.sessions.close(100);
  });

  test("is told at once when it is renewed, and the renewals follow one another", async () => {
    const own = await sessionHouse();
    const { id } = await own.open();
    const request = { oneway: false, timeoutMillis: 1_000 };
    const both = await Promise.all([own.sessions.renew(id, request), own.sessions.renew(id, request)]);
    for (const { outcomes } of both) expect(outcomes).toMatchObject([{ ok: true, broker: { brokerName: "b1" } }]);
    expect(only(own).journal).toEqual(["1 open", "1 38", "1 34", "1 34", "1 34"]);
    await own.sessions.close(100);
  });
});

describe("the brokers of a session", () => {
  test("that come are linked", async () => {
    using clock = fakeClock();
    const own = await sessionHouse([{}, {}], { knownAtFirst: 1 });
    const { id } = await own.open(PRODUCER);
    const [, second] = own.brokers;
    if (second === undefined) throw new Error("Cannot find the second broker");
    own.known.push(brokerOf(second));
    await clock.advance(30_100);
    expect(second.journal).toEqual(["1 open", "1 38", "1 34"]);
    await clock.advance(30_000);
    expect(second.requests(34)).toHaveLength(2);
    expect(own.sessions.get(id).states).toHaveLength(2);
    await own.sessions.close(100);
    expect(second.journal.slice(-2)).toEqual(["1 35", "1 close"]);
  });

  test("that stay away for two minutes are let go of", async () => {
    using clock = fakeClock();
    const own = await sessionHouse([{}, {}]);
    const { id } = await own.open(PRODUCER);
    own.known.pop();
    await clock.advance(119_000);
    expect(own.sessions.get(id).states).toHaveLength(2);
    await clock.advance(32_000);
    expect(own.sessions.get(id).states.map(({ broker }) => broker.brokerName)).toEqual(["b1"]);
    expect(own.brokers[1]?.journal.slice(-2)).toEqual(["1 35", "1 close"]);
    const heard = own.brokers[1]?.journal.length;
    await clock.advance(120_000);
    expect(own.brokers[1]?.journal).toHaveLength(heard ?? 0);
    await own.sessions.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("stay when the name servers know none for a while, or say nothing", async () => {
    using clock = fakeClock();
    const own = await sessionHouse();
    const { id } = await own.open(PRODUCER);
    own.known.pop();
    await clock.advance(300_000, 1_000);
    expect(own.sessions.get(id).states).toMatchObject([{ connected: true }]);
    await own.sessions.close(100);
  });
});
