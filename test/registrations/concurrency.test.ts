import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { settle } from "../support/clock.ts";
import { house, ID, memoryStore, received, registeredAt, topics } from "./support.ts";

const acts = ["register", "register other topics", "change", "release", "register and not hold"] as const;

describe("registrations at the same time", () => {
  test("50 of the same id, with releases and changes among them, end consistent", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 50, maxLength: 50 }), async (plan) => {
        const store = memoryStore();
        const own = await house([{}, { version: 78 }], { store, limits: { maxRegistrations: 60 } });
        const { registrations } = own;
        const act = {
          register: () => own.register(topics({ A: {} })),
          "register other topics": () => own.register(topics({ A: {}, B: {} })),
          change: () => registrations.change(ID, topics({ C: {} }) as never, 1_000),
          release: () => registrations.release(ID, 1_000),
          "register and not hold": () => own.register({}, { hold: false }),
        };
        const outcomes = await Promise.allSettled(plan.map((name) => act[name]() as Promise<unknown>));
        await settle();
        // Turns of one id follow each other, so that what each one meets can be told in advance.
        let isHeld = false;
        const expected = plan.map((name) => {
          const isRefused = name === "register and not hold" ? isHeld : !name.startsWith("register") && !isHeld;
          if (name === "register" || name === "register other topics") isHeld = true;
          if (name === "release") isHeld = false;
          return isRefused ? "rejected" : "fulfilled";
        });
        expect(outcomes.map(({ status }) => status)).toEqual(expected as never);
        expect(registrations.has(ID)).toBe(isHeld);
        expect(store.kept).toHaveLength(isHeld ? 1 : 0);
        for (const server of own.servers) {
          if (isHeld) expect(registeredAt(server)).toEqual(["b1 0"]);
          const counters = received(server).map(({ body }) => body.topicConfigSerializeWrapper.dataVersion.counter);
          expect(counters).toEqual(
            received(own.servers[0] as never).map(({ body }) => body.topicConfigSerializeWrapper.dataVersion.counter),
          );
        }
        await registrations.close(1_000);
        await settle();
        for (const server of own.servers) {
          expect(server.openCount).toBe(0);
          expect(registeredAt(server)).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("50 of different ids don't wait for each other", async () => {
    const own = await house();
    const names = [...Array(50).keys()].map((index) => `b${index}`);
    const results = await Promise.all(names.map((brokerName) => own.register({ brokerName })));
    expect(results.every(({ isHeld, isNew }) => isHeld && isNew)).toBe(true);
    const [server] = own.servers;
    expect(server?.openCount).toBe(50);
    // All connections were open before the first registration was answered.
    expect(server?.journal.findIndex((entry) => entry.endsWith("103"))).toBeGreaterThan(50);
    await Promise.all(names.map((name) => own.registrations.release(`c1~${name}~0`, 1_000)));
    await settle();
    expect(server?.openCount).toBe(0);
    expect(own.registrations.list()).toEqual([]);
  });
});
