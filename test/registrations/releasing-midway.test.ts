import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import type { ScriptedServer } from "../support/scripted-server.ts";
import { closing, gated, silent } from "../support/scripts.ts";
import { slowConnect } from "../support/slow-connect.ts";
import { expectOver, house, ID, only } from "./support.ts";

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
