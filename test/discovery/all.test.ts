import { describe, expect, test } from "bun:test";
import { getKvConfig } from "../../src/commands/get-kv-config.ts";
import { firstAnswer, type Outcome, outcomeOf } from "../../src/discovery/outcome.ts";
import { Fault } from "../../src/errors.ts";
import { after } from "../client/support.ts";
import { fakeClock, settle } from "../support/clock.ts";
import { garbage, refusing, silent } from "../support/scripts.ts";
import { cluster, has } from "./support.ts";

const KEY = { namespace: "n", key: "k" };

describe("asking all", () => {
  test("keeps the configured order, and a slow or dead one delays nobody's request or outcome", async () => {
    using clock = fakeClock();
    const slow = () => after(300, () => ({ extFields: { value: "slow" } }));
    const { servers, nameServers, close } = await cluster(silent, slow, null, refusing(17), garbage, has("quick"));
    const all = nameServers.all(getKvConfig, KEY, 1_000);
    await settle();
    const arrived = servers.map(({ arrivals }) => arrivals.map(({ atMillis }) => atMillis));
    expect(arrived).toEqual([[0], [0], [], [0], [0], [0]]);
    await clock.advance(1_000);
    const outcomes = await all;
    expect(outcomes.map(({ target }) => target)).toEqual(servers.map(({ name }) => name));
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.header.value : outcome.fault.fault))).toEqual([
      "timeout",
      "slow",
      "connect-failed",
      "refused",
      "undecodable",
      "quick",
    ]);
    expect(outcomes.map(({ elapsedMillis }) => elapsedMillis)).toEqual([1_000, 300, 0, 0, 0, 0]);
    expect(firstAnswer(outcomes)?.header.value).toBe("quick");
    close();
    await settle();
    expect(clock.timers).toBe(0);
  });
});

describe("an outcome", () => {
  test("of a success has the value", async () => {
    expect(await outcomeOf("a:1", async () => 7)).toMatchObject({ target: "a:1", ok: true, value: 7 });
  });

  const failing: Record<string, { attempt: () => Promise<never>; fault: string; message: string }> = {
    "a fault is that fault": {
      attempt: () => Promise.reject(new Fault("closed", "Cannot go on: gone")),
      fault: "closed",
      message: "Cannot go on: gone",
    },
    "another error is an internal one": {
      attempt: () => Promise.reject(new TypeError("x is undefined")),
      fault: "internal",
      message: "Cannot ask a:1: x is undefined",
    },
    "an error before the first step is no different": {
      attempt() {
        throw new TypeError("at once");
      },
      fault: "internal",
      message: "Cannot ask a:1: at once",
    },
  };
  for (const [name, { attempt, fault, message }] of Object.entries(failing)) {
    test(`of ${name}`, async () => {
      const outcome = await outcomeOf("a:1", attempt);
      expect(outcome).toMatchObject({ ok: false, fault: { fault, message } });
    });
  }
});

describe("the first answer", () => {
  const ok = (value: string, elapsedMillis: number): Outcome<string> => ({
    target: "a:1",
    elapsedMillis,
    ok: true,
    value,
  });
  const failed: Outcome<string> = { target: "b:1", elapsedMillis: 0, ok: false, fault: new Fault("closed", "Cannot") };

  const cases: [outcomes: Outcome<string>[], expected: string | undefined][] = [
    [[], undefined],
    [[failed], undefined],
    [[ok("a", 5), failed, ok("b", 3), ok("c", 9)], "b"],
    [[ok("a", 3), ok("b", 3)], "a"],
  ];
  test.each(cases)("of %j is %p", (outcomes, expected) => {
    expect(firstAnswer(outcomes)).toBe(expected);
  });
});
