import { describe, expect, test } from "bun:test";
import { fakeClock, settle } from "../support/clock.ts";
import { house, ID, memoryStore, only, received, registeredAt, topics } from "./support.ts";

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
    const own = await house([{}, {}], { store, limits: { maxRegistrations: 1 } });
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
