import { expect, test } from "bun:test";
import { uniqueId, uniqueIds } from "../../src/body/unique-id.ts";

test("ids have the form of Java's, and none comes twice", () => {
  const ids = Array.from({ length: 70_000 }, uniqueId);
  expect(ids.every((id) => /^[0-9A-F]{32}$/.test(id))).toBe(true);
  // The counter of 16 bits begins anew within them; by then the time is another one.
  expect(new Set(ids).size).toBe(ids.length);
});

test("ids of one maker have its beginning, those of two have two", () => {
  const [first, second] = [uniqueIds(), uniqueIds()];
  const maker = (id: string) => id.slice(0, 20);
  expect(maker(first())).toBe(maker(first()));
  expect(maker(first())).not.toBe(maker(second()));
});

test("an id tells when it was made, by the month in local time, and then counts", () => {
  const time = new Date(2026, 10, 21, 5, 30, 15, 250).getTime();
  const next = uniqueIds(() => time);
  const parts = (id: string) => [20, 28].map((at) => Number.parseInt(id.slice(at, at === 20 ? 28 : 32), 16));
  const sinceMonth = time - new Date(2026, 10, 1).getTime();
  expect([next(), next(), next()].map(parts)).toEqual([0, 1, 2].map((counter) => [sinceMonth, counter]));
  for (let i = 3; i < 65_536; i++) next();
  expect(parts(next())).toEqual([sinceMonth, 0]);
});
