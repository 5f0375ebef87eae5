import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { closing, silent } from "../support/scripts.ts";
import { house, only, received, registeredAt } from "./support.ts";

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

  test("by one that hangs up a moment later, neither", async () => {
    using clock = fakeClock();
    const own = await house([
      {
        handlers: {
          103(_request, { socket }) {
            setTimeout(() => socket.close(), 50);
            return {};
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
  });

  test("in the middle of a refresh, that counts as one failure", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    for (let round = 0; round < 10; round++) {
      server.handlers[103] = () => ({});
      await own.register({ brokerName: `b${round}` });
      server.handlers[103] = silent;
      await clock.advance(30_010, 10);
      const opened = server.connections.length;
      server.connections.at(-1)?.socket.close();
      await clock.advance(200, 10);
      // A second failure would have doubled the pause.
      expect(server.connections).toHaveLength(opened + 1);
      await Promise.all([own.registrations.release(`c1~b${round}~0`, 10), clock.advance(10, 10)]);
    }
    await own.registrations.close(100);
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
