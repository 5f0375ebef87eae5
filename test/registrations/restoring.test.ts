import { describe, expect, test } from "bun:test";
import { specOf } from "../../src/registrations/spec.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { closing, gated, silent } from "../support/scripts.ts";
import { broker, house, ID, memoryStore, only, received, registeredAt, topics } from "./support.ts";

const AB = topics({ A: {}, B: {} });
const C = topics({ C: {}, D: {} });

describe("restoring", () => {
  const stored = () => ({ spec: specOf(broker(AB)), force: false });

  test("holds again what was kept, without asking whether the servers need it, and without waiting", async () => {
    using clock = fakeClock();
    const store = memoryStore();
    store.kept = [stored(), { spec: specOf(broker({ brokerName: "b2" })), force: true }];
    const own = await house([{}, { handlers: { 103: silent } }], { store });
    await own.registrations.restore();
    expect(own.registrations.list().map(({ id }) => id)).toEqual([ID, "c1~b2~0"]);
    await settle();
    const [good] = own.servers;
    expect(registeredAt(good as never)).toEqual(["b1 0", "b2 0"]);
    expect(received(good as never)[0]?.body.topicConfigSerializeWrapper).toEqual(
      stored().spec.topicConfigSerializeWrapper as never,
    );
    await clock.advance(29_000, 100);
    expect(received(good as never)).toHaveLength(2);
    await clock.advance(1_100, 100);
    expect(good?.requests(322)).toHaveLength(1);
    expect(received(good as never)).toHaveLength(4);
    await own.registrations.close(100);
    await clock.advance(100);
    await settle();
    expect(own.servers.map(({ openCount }) => openCount)).toEqual([0, 0]);
    expect(clock.timers).toBe(0);
    expect(store.saves).toBe(0);
  });

  test("goes on trying where a server isn't there yet", async () => {
    using clock = fakeClock();
    const store = memoryStore();
    store.kept = [stored()];
    const own = await house([{ handlers: { 103: closing } }], { store });
    await own.registrations.restore();
    await clock.advance(20_000, 50);
    expect(registeredAt(only(own))).toEqual([]);
    only(own).handlers[103] = () => ({});
    await clock.advance(5_100, 50);
    expect(registeredAt(only(own))).toEqual(["b1 0"]);
    await own.registrations.close(100);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("does one attempt at a time, however slow the first", async () => {
    using clock = fakeClock();
    const store = memoryStore();
    store.kept = [stored()];
    const gate = gated();
    const own = await house([{ handlers: { 103: gate.handler } }], { store });
    await own.registrations.restore();
    await clock.advance(5_000, 50);
    expect(gate.waiting).toBe(1);
    gate.open();
    await clock.advance(10_000, 100);
    expect(received(only(own))).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("can be stopped and released at once", async () => {
    using clock = fakeClock();
    for (const end of ["close", "release"] as const) {
      const store = memoryStore();
      store.kept = [stored()];
      const own = await house([{ handlers: { 103: silent } }], { store });
      await own.registrations.restore();
      const ended = end === "close" ? own.registrations.close(500) : own.registrations.release(ID, 500);
      await clock.advance(600_000, 1_000);
      await ended;
      expect(only(own).openCount).toBe(0);
      expect(registeredAt(only(own))).toEqual([]);
      expect(clock.timers).toBe(0);
    }
  });

  test("leaves alone what is held already, and what is there twice", async () => {
    const store = memoryStore();
    const own = await house([{}], { store });
    await own.register(C);
    store.kept = [stored(), stored()];
    await own.registrations.restore();
    await settle();
    const [held, ...others] = own.registrations.list();
    expect(Object.keys(held?.spec.topicConfigSerializeWrapper.topicConfigTable ?? {})).toEqual(["C", "D"]);
    expect(others).toEqual([]);
    expect(only(own).connections).toHaveLength(1);
    await own.registrations.close(100);
  });

  test("fails with what the store says", async () => {
    const own = await house([{}], {
      store: { load: () => Promise.reject(new Error("Cannot read")), save: async () => {} },
    });
    await expect(own.registrations.restore()).rejects.toThrow("Cannot read");
    expect((await faultOf(own.registrations.release(ID, 100))).fault).toBe("not-found");
  });
});
