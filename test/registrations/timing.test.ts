import { describe, expect, test } from "bun:test";
import { limits } from "../../src/limits.ts";
import { backoffMillis, lifeMillis, periodMillis, refreshTimeoutMillis } from "../../src/registrations/timing.ts";

describe("the rhythm of a registration", () => {
  const rhythms: [heartbeatTimeoutMillis: number | bigint | undefined, period: number, timeout: number][] = [
    [undefined, 30_000, 6_000],
    [300, 100, 300],
    [3_000, 1_000, 1_000],
    [90_000, 30_000, 6_000],
    [9_223_372_036_854_775_807n, 30_000, 6_000],
  ];
  test.each(rhythms)(
    "of a life of %p ms is %p ms, a refresh may take %p ms",
    (heartbeatTimeoutMillis, period, timeout) => {
      expect(periodMillis({ heartbeatTimeoutMillis }, limits)).toBe(period);
      expect(refreshTimeoutMillis({ heartbeatTimeoutMillis }, limits)).toBe(timeout);
    },
  );

  const lives: [asked: number | undefined, version: number | undefined, isRefreshed: boolean, millis: number][] = [
    [undefined, 513, true, 120_000],
    [3_000, 513, true, 3_000],
    [3_000, 412, true, 120_000],
    [3_000, undefined, true, 120_000],
    [600_000, 513, true, 600_000],
    [600_000, 513, false, 120_000],
  ];
  test.each(lives)(
    "that asks for %p ms at version %p (refreshed: %p) lives %p ms",
    (asked, version, isRefreshed, millis) => {
      expect(lifeMillis({ heartbeatTimeoutMillis: asked }, version, isRefreshed, limits)).toBe(millis);
    },
  );

  const pauses: [failures: number, longest: number][] = [
    [0, 200],
    [1, 200],
    [2, 400],
    [5, 3_200],
    [6, 5_000],
    [1_000_000, 5_000],
  ];
  test.each(pauses)("pauses after %p failures for at most %p ms, and at least half of that", (failures, longest) => {
    const drawn = Array.from({ length: 100 }, () => backoffMillis(failures, limits));
    expect(Math.max(...drawn)).toBeLessThanOrEqual(longest);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(longest / 2);
    expect(new Set(drawn).size).toBeGreaterThan(50);
  });
});
