import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import type { ScriptedServer } from "../support/scripted-server.ts";
import { closing, gated, silent } from "../support/scripts.ts";
import { slowConnect } from "../support/slow-connect.ts";
import { type House, house, ID, only, received, registeredAt } from "./support.ts";

/** Nothing is registered, nothing is open, no timer runs, and none of it changes in the next ten minutes. */
async function expectOver(own: House, clock: ReturnType<typeof fakeClock>): Promise<void> {
  await settle();
  for (let look = 0; look < 2; look++) {
    expect(own.servers.map(({ openCount }) => openCount)).toEqual(own.servers.map(() => 0));
    expect(own.servers.flatMap(registeredAt)).toEqual([]);
    expect(clock.timers).toBe(0);
    await clock.advance(600_000, 10_000);
  }
}

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

/** A house whose registration was held and is at some stage of being registered again. */
interface Stage {
  readonly reach: (server: ScriptedServer, clock: ReturnType<typeof fakeClock>) => Promise<(() => void) | undefined>;
}

const stages: Record<string, Stage> = {
  "while a refresh waits for its answer": {
    async reach(server, clock) {
      const gate = gated();
      server.handlers[103] = gate.handler;
      await clock.advance(30_010, 10);
      return gate.open;
    },
  },
  "while a refresh waits for an answer that never comes": {
    async reach(server, clock) {
      server.handlers[103] = silent;
      await clock.advance(30_010, 10);
      return undefined;
    },
  },
  "while a new connection learns the version": {
    async reach(server, clock) {
      const gate = gated(() => ({ code: 22 }));
      server.handlers[101] = gate.handler;
      server.connections[0]?.socket.close();
      await clock.advance(220, 10);
      expect(server.journal.slice(-2)).toEqual(["2 open", "2 101"]);
      return gate.open;
    },
  },
  "while a new connection registers": {
    async reach(server, clock) {
      const gate = gated();
      server.handlers[103] = gate.handler;
      server.connections[0]?.socket.close();
      await clock.advance(220, 10);
      expect(server.journal.slice(-2)).toEqual(["2 101", "2 103"]);
      return gate.open;
    },
  },
  "while a new connection takes over from a doubtful one": {
    async reach(server, clock) {
      server.handlers[103] = silent;
      await clock.advance(36_300, 10);
      expect(server.journal.slice(-3)).toEqual(["2 open", "2 101", "2 103"]);
      return undefined;
    },
  },
  "while it waits to try again": {
    async reach(server, clock) {
      server.handlers[103] = closing;
      server.connections[0]?.socket.close();
      await clock.advance(1_000, 10);
      return undefined;
    },
  },
};

describe("a release leaves nothing registered", () => {
  for (const [name, { reach }] of Object.entries(stages)) {
    for (const isAnswered of [true, false]) {
      test(`${name}, ${isAnswered ? "which then goes on" : "which then doesn't"}`, async () => {
        using clock = fakeClock();
        const own = await house();
        await own.register();
        const goOn = await reach(only(own), clock);
        const released = own.registrations.release(ID, 1_000);
        if (isAnswered) goOn?.();
        await clock.advance(1_000, 10);
        await released;
        goOn?.();
        await expectOver(own, clock);
        // Whatever was on its way, no registration followed the end.
        const codes = only(own).arrivals.map(({ request }) => request.code);
        expect(codes.slice(codes.indexOf(104))).not.toContain(103);
      });
    }
  }

  test("while a connection is being opened, which is given up", async () => {
    using clock = fakeClock();
    let slow: ReturnType<typeof slowConnect> | undefined;
    const own = await house([{}], {
      through: (connect) => (address, options) => (slow?.connect ?? connect)(address, options),
    });
    await own.register();
    slow = slowConnect(() => Promise.reject(new Error("not again")));
    only(own).connections[0]?.socket.close();
    await clock.advance(220, 10);
    expect(slow.begun).toBe(1);
    const released = own.registrations.release(ID, 500);
    await settle();
    expect({ begun: slow.begun, aborted: slow.aborted }).toEqual({ begun: 2, aborted: 1 });
    await clock.advance(500);
    expect((await released).map(({ ok }) => ok)).toEqual([false]);
    await expectOver(own, clock);
  });
});

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
