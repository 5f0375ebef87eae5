import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { refusing, silent } from "../support/scripts.ts";
import { house, only, received, registeredAt, topics } from "./support.ts";

describe("a held registration", () => {
  const rhythms: [heartbeatTimeoutMillis: number | undefined, period: number][] = [
    [undefined, 30_000],
    [3_000, 1_000],
    [300_000, 30_000],
  ];
  test.each(rhythms)(
    "with a life of %p ms is registered again every %p ms, over its own connection",
    async (life, period) => {
      using clock = fakeClock();
      const own = await house();
      await own.register(life === undefined ? {} : { heartbeatTimeoutMillis: life });
      await clock.advance(period * 3 + 1, period / 10);
      const times = only(own).arrivals.filter(({ request }) => request.code === 103);
      expect(times.map(({ atMillis }) => Math.round(atMillis))).toEqual([0, period, 2 * period, 3 * period]);
      expect(new Set(received(only(own)).map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(only(own).connections).toHaveLength(1);
      expect(own.registrations.get("c1~b1~0").states[0]?.expiresAt).toBe(Date.now() - 1 + (life ?? 120_000));
      await own.registrations.close(100);
      await settle();
      expect(clock.timers).toBe(0);
    },
  );

  test("asks before it refreshes where it was registered without force, but never when a connection takes over", async () => {
    using clock = fakeClock();
    const own = await house([{ handlers: { 322: () => ({ extFields: { changed: "false" } }) } }]);
    await own.register({}, { force: false });
    await clock.advance(60_001, 1_000);
    expect(only(own).journal).toEqual(["1 open", "1 101", "1 322", "1 322", "1 322"]);
    only(own).connections[0]?.socket.close();
    await clock.advance(200);
    expect(only(own).journal.slice(5)).toEqual(["1 close", "2 open", "2 101", "2 103"]);
    await own.registrations.close(100);
  });
});

describe("a refresh", () => {
  test("that times out has the new connection register before the old one closes", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    server.handlers[103] = silent;
    await clock.advance(36_000, 100);
    server.handlers[103] = () => ({});
    expect(server.journal).toEqual(["1 open", "1 101", "1 103", "1 103"]);
    expect(own.registrations.get("c1~b1~0").states[0]).toMatchObject({ connected: true, last: { ok: false } });
    await clock.advance(300, 10);
    expect(server.journal.slice(4)).toEqual(["2 open", "2 101", "2 103", "1 close"]);
    expect(registeredAt(server)).toEqual(["b1 0"]);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("that times out again and again leaves the old connection open, and no other", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    server.handlers[103] = silent;
    await clock.advance(100_000, 100);
    expect(server.connections.length).toBeGreaterThan(4);
    expect(server.connections[0]?.isOpen).toBe(true);
    expect(server.openCount).toBeLessThanOrEqual(2);
    await own.registrations.close(100);
    await clock.advance(100);
    expect(server.openCount).toBe(0);
    expect(clock.timers).toBe(0);
  });

  test("that takes long holds nobody beyond the own deadline, and nothing is sent after that", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    server.handlers[103] = silent;
    await clock.advance(30_010, 10);
    const startedAt = performance.now();
    let tookMillis = 0;
    const changed = own.registrations.change("c1~b1~0", topics({ A: {} }) as never, 1_000).then((result) => {
      tookMillis = performance.now() - startedAt;
      return result;
    });
    await clock.advance(5_900, 10);
    const [outcome] = (await changed).outcomes;
    expect(outcome).toMatchObject({ ok: false, fault: { fault: "timeout", target: server.name } });
    expect(!outcome?.ok && outcome?.fault.message).toContain("the attempt before took all the time");
    expect(tookMillis).toBe(1_000);
    await clock.advance(90, 10);
    expect(server.journal).toEqual(["1 open", "1 101", "1 103", "1 103"]);
    // What every server missed isn't held either.
    server.handlers[103] = () => ({});
    await clock.advance(500, 10);
    expect(received(server).at(-1)?.body.topicConfigSerializeWrapper.topicConfigTable).toEqual({});
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("that is refused is tried again over the same connection", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    server.handlers[103] = refusing(2, "system busy");
    await clock.advance(31_000, 100);
    server.handlers[103] = () => ({});
    await clock.advance(5_000, 100);
    expect(server.connections).toHaveLength(1);
    expect(own.registrations.get("c1~b1~0").states[0]).toMatchObject({ last: { ok: true } });
    await own.registrations.close(100);
  });

  test("that succeeds forgets the failures before it", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    server.handlers[103] = refusing(2);
    await clock.advance(34_000, 10);
    server.handlers[103] = () => ({});
    await clock.advance(5_000, 10);
    server.handlers[103] = refusing(2);
    const before = received(server).length;
    while (received(server).length === before) await clock.advance(100, 10);
    await clock.advance(210, 10);
    expect(received(server).length).toBeGreaterThanOrEqual(before + 2);
    expect(server.connections).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("that comes too late leaves nothing registered, and says so", async () => {
    using clock = fakeClock();
    const own = await house([{}], { limits: { brokerExpiryMillis: 40_000 } });
    await own.register();
    only(own).handlers[103] = refusing(2);
    await clock.advance(39_900, 100);
    expect(own.registrations.get("c1~b1~0").states[0]?.expiresAt).toBe(40_000 + Date.now() - 39_900);
    await clock.advance(200);
    expect(own.registrations.get("c1~b1~0").states[0]?.expiresAt).toBe(null);
    await own.registrations.close(100);
  });
});
