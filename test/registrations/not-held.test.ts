import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { closing, refusing, silent } from "../support/scripts.ts";
import { house, only, received } from "./support.ts";

describe("where every server fails", () => {
  const scripts = { "they refuse": refusing(1), "they hang up": closing, "they are silent": silent };
  for (const [name, script] of Object.entries(scripts)) {
    test(`because ${name}, nothing is held and nothing stays open`, async () => {
      using clock = fakeClock();
      const own = await house([{ handlers: { 103: script } }, { handlers: { 103: script } }]);
      const outcome = own.register();
      await clock.advance(2_000);
      const { isHeld, outcomes } = await outcome;
      expect({ isHeld, oks: outcomes.map(({ ok }) => ok) }).toEqual({ isHeld: false, oks: [false, false] });
      expect(own.registrations.list()).toEqual([]);
      await settle();
      expect(own.servers.map(({ openCount }) => openCount)).toEqual([0, 0]);
      expect(clock.timers).toBe(0);
    });
  }

  test("because none is there, too", async () => {
    using clock = fakeClock();
    const own = await house([{}]);
    await only(own).stop();
    const { isHeld, outcomes } = await own.register();
    expect(isHeld).toBe(false);
    expect(outcomes[0]).toMatchObject({ ok: false, fault: { fault: "connect-failed" } });
    expect(clock.timers).toBe(0);
  });
});

describe("a registration that isn't to be held", () => {
  test("is registered once, says when it ends, and ends", async () => {
    using clock = fakeClock();
    const own = await house([{}, { version: 407 }], { limits: { brokerExpiryMillis: 10_000 } });
    const startedAt = Date.now();
    const { isHeld, states } = await own.register({ heartbeatTimeoutMillis: 3_000 }, { hold: false });
    expect(isHeld).toBe(false);
    // Only 5.x heeds the life that was asked for.
    expect(states.map(({ expiresAt }) => expiresAt)).toEqual([startedAt + 3_000, startedAt + 10_000]);
    expect(own.registrations.list()).toEqual([]);
    await clock.advance(9_900);
    expect(own.servers.map(({ openCount }) => openCount)).toEqual([1, 1]);
    await clock.advance(200);
    expect(own.servers.map(({ openCount }) => openCount)).toEqual([0, 0]);
    expect(own.servers.flatMap(received)).toHaveLength(2);
    expect(clock.timers).toBe(0);
  });

  test("never outlives its silent connection, whatever life it asked for", async () => {
    using clock = fakeClock();
    const own = await house();
    const { states } = await own.register({ heartbeatTimeoutMillis: 600_000 }, { hold: false });
    expect(states[0]?.expiresAt).toBe(Date.now() + 120_000);
    await clock.advance(120_100);
    expect(only(own).openCount).toBe(0);
    expect(clock.timers).toBe(0);
  });

  test("is in conflict with one that is held", async () => {
    const own = await house();
    await own.register();
    const fault = await faultOf(own.register({}, { hold: false }));
    expect(fault).toMatchObject({ fault: "conflict" });
    expect(received(only(own))).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("may be held afterwards: the new connection takes over before the old one goes", async () => {
    using clock = fakeClock();
    const own = await house();
    await own.register({}, { hold: false });
    const { isHeld, isNew } = await own.register();
    expect({ isHeld, isNew }).toEqual({ isHeld: true, isNew: true });
    await only(own).saw("2 101", "2 103", "1 close");
    expect(only(own).openCount).toBe(1);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });
});

describe("no more registrations than allowed", () => {
  test("are held, those under way and those not to be held included", async () => {
    const own = await house([{}], { limits: { maxRegistrations: 2 } });
    const first = own.register();
    const second = own.register({ brokerName: "b2" }, { hold: false });
    expect(await faultOf(own.register({ brokerName: "b3" }))).toMatchObject({ fault: "unavailable" });
    await Promise.all([first, second]);
    expect(await faultOf(own.register({ brokerName: "b3" }))).toMatchObject({ fault: "unavailable" });
    // The same one again takes no further place.
    expect((await own.register()).isNew).toBe(false);
    await own.registrations.release("c1~b1~0", 100);
    expect((await own.register({ brokerName: "b3" })).isHeld).toBe(true);
    await own.registrations.close(100);
  });

  test("and one that failed gives its place back", async () => {
    const own = await house([{ handlers: { 103: refusing(1) } }], { limits: { maxRegistrations: 1 } });
    await own.register();
    only(own).handlers[103] = () => ({});
    expect((await own.register({ brokerName: "b2" })).isHeld).toBe(true);
    await own.registrations.close(100);
  });
});
