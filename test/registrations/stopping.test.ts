import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { gated, silent } from "../support/scripts.ts";
import { expectOver, house, ID, only, received } from "./support.ts";

describe("a stop", () => {
  test("unregisters everything, held or not, and refuses what comes", async () => {
    using clock = fakeClock();
    const own = await house([{}, {}]);
    await own.register();
    await own.register({ brokerName: "b2" });
    await own.register({ brokerName: "b3" }, { hold: false });
    await own.registrations.close(1_000);
    for (const server of own.servers) expect(server.requests(104)).toHaveLength(3);
    expect(await faultOf(own.register({ brokerName: "b4" }))).toMatchObject({ fault: "unavailable" });
    expect(await faultOf(own.register())).toMatchObject({ fault: "unavailable" });
    await own.registrations.close(1_000);
    await expectOver(own, clock);
  });

  test("takes no longer than its time with a server that is dead", async () => {
    using clock = fakeClock();
    const own = await house([{ handlers: { 104: silent } }, {}]);
    await own.register();
    await own.register({ brokerName: "b2" });
    let isOver = false;
    const closed = own.registrations.close(1_000).then(() => {
      isOver = true;
    });
    await clock.advance(999, 10);
    expect(isOver).toBe(false);
    await clock.advance(2, 1);
    expect(isOver).toBe(true);
    await closed;
    await expectOver(own, clock);
  });

  test("doesn't wait for a release under way that has more time", async () => {
    using clock = fakeClock();
    const own = await house([{ handlers: { 104: silent } }]);
    await own.register();
    const released = own.registrations.release(ID, 60_000);
    await settle();
    const closed = own.registrations.close(500);
    await clock.advance(510, 10);
    await closed;
    expect((await released).map(({ ok }) => ok)).toEqual([false]);
    expect(only(own).requests(104)).toHaveLength(1);
    await expectOver(own, clock);
  });

  test("closes a connection that was about to follow another, too", async () => {
    using clock = fakeClock();
    const own = await house([{ handlers: { 104: silent } }]);
    const server = only(own);
    await own.register();
    server.handlers[103] = silent;
    await clock.advance(36_300, 10);
    expect(server.openCount).toBe(2);
    const released = own.registrations.release(ID, 60_000);
    await settle();
    const closed = own.registrations.close(500);
    await clock.advance(510, 10);
    await closed;
    expect((await released).map(({ ok }) => ok)).toEqual([false]);
    await expectOver(own, clock);
  });

  test("has the last word: a refresh that is answered afterwards registers nothing", async () => {
    using clock = fakeClock();
    const own = await house();
    await own.register();
    const gate = gated();
    only(own).handlers[103] = gate.handler;
    await clock.advance(30_010, 10);
    const closed = own.registrations.close(500);
    gate.open();
    await closed;
    await settle();
    expect(own.registrations.get(ID).states[0]).toMatchObject({
      connected: false,
      expiresAt: null,
      last: { ok: false },
    });
    await expectOver(own, clock);
  });

  test("ends a registration under way, which fails", async () => {
    using clock = fakeClock();
    const gate = gated();
    const own = await house([{ handlers: { 103: gate.handler } }]);
    const registering = faultOf(own.register());
    await settle();
    expect(gate.waiting).toBe(1);
    const closed = own.registrations.close(500);
    await settle();
    gate.open();
    await closed;
    expect((await registering).fault).toBe("unavailable");
    expect(received(only(own))).toHaveLength(1);
    await expectOver(own, clock);
  });
});
