import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { closing, silent } from "../support/scripts.ts";
import { expectOver, house, ID, only } from "./support.ts";

describe("a release", () => {
  test("unregisters over the own connection, closes it and forgets", async () => {
    using clock = fakeClock();
    const own = await house([{}, {}]);
    await own.register();
    await clock.advance(10_000, 1_000);
    const outcomes = await own.registrations.release(ID, 1_000);
    expect(outcomes.map(({ ok, target }) => ({ ok, target }))).toEqual(
      own.servers.map(({ name }) => ({ ok: true, target: name })),
    );
    expect(own.registrations.list()).toEqual([]);
    for (const server of own.servers) {
      await server.saw("1 close");
      expect(server.journal).toEqual(["1 open", "1 101", "1 103", "1 104", "1 close"]);
    }
    await expectOver(own, clock);
  });

  test("dials where the connection is gone", async () => {
    using clock = fakeClock();
    const own = await house();
    await own.register();
    only(own).connections[0]?.socket.close();
    await settle();
    const [outcome] = await own.registrations.release(ID, 1_000);
    expect(outcome?.ok).toBe(true);
    expect(only(own).requests(104)).toHaveLength(1);
    await expectOver(own, clock);
  });

  const failing = { "a server that is silent": silent, "a server that hangs up": closing };
  for (const [name, script] of Object.entries(failing)) {
    test(`tells of ${name}, within its time, and closes the connection all the same`, async () => {
      using clock = fakeClock();
      const own = await house([{ handlers: { 104: script } }, {}]);
      await own.register();
      const released = own.registrations.release(ID, 500);
      await clock.advance(500);
      expect((await released).map(({ ok }) => ok)).toEqual([false, true]);
      await expectOver(own, clock);
    });
  }

  test("has one deadline for connecting and unregistering", async () => {
    using clock = fakeClock();
    let isSlow = false;
    const own = await house([{ handlers: { 104: silent } }], {
      through: (connect) => async (address, options) => {
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 300));
        return connect(address, options);
      },
    });
    await own.register();
    isSlow = true;
    only(own).connections[0]?.socket.close();
    await settle();
    const released = own.registrations.release(ID, 500);
    await clock.advance(500);
    const [outcome] = await released;
    expect(outcome).toMatchObject({ ok: false, fault: { fault: "timeout" } });
    expect(Math.round(outcome?.elapsedMillis ?? 0)).toBeLessThanOrEqual(500);
    await expectOver(own, clock);
  });

  test("takes a new connection where the own one no longer answers", async () => {
    using clock = fakeClock();
    const own = await house();
    const server = only(own);
    await own.register();
    server.handlers[103] = silent;
    await clock.advance(36_010, 10);
    const [outcome] = await own.registrations.release(ID, 1_000);
    expect(outcome?.ok).toBe(true);
    expect(server.journal.slice(3)).toEqual(["1 103", "2 open", "2 104", "2 close", "1 close"]);
    await expectOver(own, clock);
  });
});
