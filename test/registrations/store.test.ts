import { describe, expect, test } from "bun:test";
import { specOf } from "../../src/registrations/spec.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { faultOf } from "../support/fault-of.ts";
import { closing, gated, silent } from "../support/scripts.ts";
import { broker, house, ID, memoryStore, only, received, registeredAt, topics } from "./support.ts";

const AB = topics({ A: {}, B: {} });
const C = topics({ C: {}, D: {} });

/** The brokers in a store, with their topics. */
function kept(store: ReturnType<typeof memoryStore>) {
  return store.kept.map(({ spec }) => [
    spec.brokerName,
    ...Object.keys(spec.topicConfigSerializeWrapper.topicConfigTable),
  ]);
}

describe("the store", () => {
  test("has a registration before it is answered, and no longer has it once it is released", async () => {
    const store = memoryStore();
    const own = await house([{}], { store });
    await own.register(AB, { force: false });
    expect(kept(store)).toEqual([["b1", "A", "B"]]);
    expect(store.kept[0]?.force).toBe(false);
    await own.register({ brokerName: "b2" });
    await own.register(C);
    expect(kept(store)).toEqual([["b1", "C", "D"], ["b2"]]);
    await own.registrations.release(ID, 1_000);
    expect(kept(store)).toEqual([["b2"]]);
    await own.registrations.close(100);
  });

  test("isn't written for a registration that isn't held, nor for one that says nothing new", async () => {
    const store = memoryStore();
    const own = await house([{}], { store });
    await own.register(AB);
    await own.register(AB);
    await own.register({ brokerName: "b2" }, { hold: false });
    expect(store.saves).toBe(1);
    await own.registrations.close(100);
    expect(kept(store)).toEqual([["b1", "A", "B"]]);
  });

  test("that fails undoes a registration", async () => {
    using clock = fakeClock();
    const store = memoryStore();
    store.isBroken = true;
    const own = await house([{}, {}], { store });
    await expect(own.register(AB)).rejects.toThrow("the disk is full");
    expect(own.registrations.list()).toEqual([]);
    await settle();
    for (const server of own.servers) {
      expect(server.journal).toEqual(["1 open", "1 101", "1 103", "1 104", "1 close"]);
    }
    expect(clock.timers).toBe(0);
    store.isBroken = false;
    expect((await own.register(AB)).isNew).toBe(true);
    await own.registrations.close(100);
  });

  test("that fails undoes a change, at the servers too", async () => {
    const store = memoryStore();
    const own = await house([{}], { store });
    await own.register(AB);
    store.isBroken = true;
    await expect(own.registrations.change(ID, C as never, 1_000)).rejects.toThrow("the disk is full");
    const tables = received(only(own)).map(({ body }) =>
      Object.keys(body.topicConfigSerializeWrapper.topicConfigTable),
    );
    expect(tables).toEqual([
      ["A", "B"],
      ["C", "D"],
      ["A", "B"],
    ]);
    expect(Object.keys(own.registrations.get(ID).spec.topicConfigSerializeWrapper.topicConfigTable)).toEqual([
      "A",
      "B",
    ]);
    expect(kept(store)).toEqual([["b1", "A", "B"]]);
    await own.registrations.close(100);
  });

  test("that fails undoes a release before any server hears of it", async () => {
    using clock = fakeClock();
    const store = memoryStore();
    const own = await house([{}], { store });
    await own.register(AB);
    store.isBroken = true;
    await expect(own.registrations.release(ID, 1_000)).rejects.toThrow("the disk is full");
    expect(own.registrations.has(ID)).toBe(true);
    expect(registeredAt(only(own))).toEqual(["b1 0"]);
    await clock.advance(30_010, 10);
    expect(received(only(own))).toHaveLength(2);
    expect(only(own).requests(104)).toHaveLength(0);
    store.isBroken = false;
    await own.registrations.release(ID, 1_000);
    expect(kept(store)).toEqual([]);
    await settle();
    expect(clock.timers).toBe(0);
  });

  test("never keeps what was undone by a failure beside a success", async () => {
    const store = memoryStore();
    const own = await house([{}], { store });
    const save = store.save.bind(store);
    let count = 0;
    store.save = async (registrations) => {
      await save(registrations);
      if (++count === 2) throw new Error("Cannot save: only this once");
    };
    const names = ["b1", "b2", "b3", "b4"];
    const outcomes = await Promise.allSettled(names.map((brokerName) => own.register({ brokerName })));
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const held = own.registrations.list().map(({ spec }) => spec.brokerName);
    expect(held).toHaveLength(3);
    expect(kept(store).flat()).toEqual(held);
    await own.registrations.close(100);
  });

  test("keeps what is held over a stop, whatever is under way", async () => {
    const store = memoryStore();
    const own = await house([{}], { store });
    await own.register(AB);
    const late = own.register({ brokerName: "b2" }).catch(() => null);
    await own.registrations.close(100);
    await late;
    expect(kept(store)[0]).toEqual(["b1", "A", "B"]);
  });
});

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
