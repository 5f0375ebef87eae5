import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { house, only, received, registeredAt } from "./support.ts";

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

describe("a first attempt that failed", () => {
  test("has the next one register without asking, since what the server knows may go with its connection", async () => {
    using clock = fakeClock();
    const own = await house([{ handlers: { 103: closing } }, {}]);
    const [bad] = own.servers;
    await own.register({}, { force: false });
    if (bad) bad.handlers[322] = () => ({ extFields: { changed: "false" } });
    await clock.advance(200);
    expect(bad?.journal).toEqual([
      ...["1 open", "1 101", "1 322", "1 103", "1 close"],
      ...["2 open", "2 101", "2 103", "2 close"],
    ]);
    await own.registrations.close(100);
  });
});

describe("after its connection is lost", () => {
  test("it registers again after a moment, over a new one", async () => {
    using clock = fakeClock();
    const own = await house();
    await own.register();
    only(own).connections[0]?.socket.close();
    await settle();
    expect(own.registrations.get("c1~b1~0").states[0]).toMatchObject({ connected: false, expiresAt: null });
    expect(only(own).connections).toHaveLength(1);
    await clock.advance(200);
    expect(only(own).journal).toEqual(["1 open", "1 101", "1 103", "1 close", "2 open", "2 101", "2 103"]);
    expect(own.registrations.get("c1~b1~0").states[0]).toMatchObject({ connected: true });
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("it tries with pauses that grow to the longest one, until the server is there", async () => {
    using clock = fakeClock();
    const own = await house();
    await own.register();
    const server = only(own);
    server.handlers[103] = closing;
    server.connections[0]?.socket.close();
    await clock.advance(60_000, 50);
    const times = server.arrivals.filter(({ request }) => request.code === 103).map(({ atMillis }) => atMillis);
    const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    for (const [at, pause] of pauses.entries()) {
      const longest = Math.min(200 * 2 ** at, 5_000);
      expect(pause).toBeGreaterThanOrEqual(longest / 2 - 1);
      expect(pause).toBeLessThanOrEqual(longest + 100);
    }
    expect(times.length).toBeGreaterThan(12);
    expect(server.openCount).toBe(0);
    server.handlers[103] = () => ({});
    await clock.advance(5_100, 50);
    expect(registeredAt(server)).toEqual(["b1 0"]);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("by a server that takes each registration and hangs up, it is no circle without pauses", async () => {
    using clock = fakeClock();
    const own = await house([
      {
        handlers: {
          103(request, connection) {
            connection.reply(request, {});
            connection.socket.close();
            return null;
          },
        },
      },
    ]);
    await own.register();
    await clock.advance(60_000, 50);
    const count = received(only(own)).length;
    expect(count).toBeGreaterThan(12);
    expect(count).toBeLessThan(35);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("the pauses begin anew once a connection has lasted", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    for (let round = 1; round <= 8; round++) {
      await clock.advance(6_000, 100);
      server.connections.at(-1)?.socket.close();
      await clock.advance(220, 10);
      expect(server.connections).toHaveLength(round + 1);
    }
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

describe("a server that failed at first", () => {
  test("is tried until it takes the registration, while the other is served as ever", async () => {
    using clock = fakeClock();
    const own = await house([{}, { handlers: { 103: closing } }]);
    const [good, bad] = own.servers;
    const { isHeld, outcomes } = await own.register();
    expect({ isHeld, oks: outcomes.map(({ ok }) => ok) }).toEqual({ isHeld: true, oks: [true, false] });
    await clock.advance(20_000, 50);
    if (bad) bad.handlers[103] = () => ({});
    await clock.advance(5_100, 50);
    expect(own.servers.map(registeredAt)).toEqual([["b1 0"], ["b1 0"]]);
    expect(good?.journal).toEqual(["1 open", "1 101", "1 103"]);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });
});
