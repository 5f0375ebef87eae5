import { describe, expect, test } from "bun:test";
import { createFresh } from "../../src/discovery/fresh.ts";
import { fakeClock } from "../support/clock.ts";

/** Counts its reads; each takes ten milliseconds. */
function counted() {
  let reads = 0;
  const read = async () => {
    const mine = ++reads;
    await new Promise((resolve) => setTimeout(resolve, 10));
    return mine;
  };
  return { read, count: () => reads };
}

describe("what was read a moment ago", () => {
  test("is read once for all who ask meanwhile, and for its time after that", async () => {
    using clock = fakeClock();
    const { read, count } = counted();
    const fresh = createFresh<number>({ ttlMillis: 100, maxEntries: 2 });
    const all = Promise.all([fresh.get("a", read), fresh.get("a", read)]);
    await clock.advance(10, 1);
    expect(await all).toEqual([1, 1]);
    await clock.advance(99, 1);
    expect(await fresh.get("a", read)).toBe(1);
    await clock.advance(1, 1);
    const again = fresh.get("a", read);
    await clock.advance(10, 1);
    expect([await again, count()]).toEqual([2, 2]);
  });

  test("isn't kept at all where it has no time, and yet shared", async () => {
    using clock = fakeClock();
    const { read, count } = counted();
    const fresh = createFresh<number>({ ttlMillis: 0, maxEntries: 2 });
    const all = Promise.all([fresh.get("a", read), fresh.get("a", read)]);
    await clock.advance(10, 1);
    await all;
    const again = fresh.get("a", read);
    await clock.advance(10, 1);
    expect([await again, count()]).toEqual([2, 2]);
  });

  test("is read anew for who wants it from now on, also while an older read is under way", async () => {
    using clock = fakeClock();
    const { read, count } = counted();
    const fresh = createFresh<number>({ ttlMillis: 100, maxEntries: 2 });
    const old = fresh.get("a", read);
    await clock.advance(5, 1);
    const since = performance.now();
    const mine = [fresh.get("a", read, since), fresh.get("a", read, since)];
    await clock.advance(10, 1);
    expect([await old, ...(await Promise.all(mine)), count()]).toEqual([1, 2, 2, 2]);
    expect(await fresh.get("a", read)).toBe(2);
  });

  test("isn't kept where it failed, nor once it is forgotten", async () => {
    const fresh = createFresh<number>({ ttlMillis: 60_000, maxEntries: 2 });
    const fail = () => Promise.reject(new Error("gone"));
    expect(fresh.get("a", fail)).rejects.toThrow("gone");
    await Promise.resolve();
    expect(await fresh.get("a", async () => 1)).toBe(1);
    fresh.forget();
    expect(await fresh.get("a", async () => 2)).toBe(2);
  });

  test("gives way to newer things, the oldest first", async () => {
    const fresh = createFresh<string>({ ttlMillis: 60_000, maxEntries: 2 });
    for (const key of ["a", "b", "c"]) await fresh.get(key, async () => "old");
    const now = await Promise.all(["c", "b", "a"].map((key) => fresh.get(key, async () => "new")));
    expect(now).toEqual(["old", "old", "new"]);
  });
});
