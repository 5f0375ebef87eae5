import { describe, expect, test } from "bun:test";
import { type Clock, fakeClock, moments, settle } from "../support/clock.ts";
import { type House, house, ID, memoryStore, registeredAt, topics } from "./support.ts";

/** What is going on when the end comes. */
const beginnings: Record<string, (own: House, clock: Clock) => Promise<unknown>> = {
  "the first registration": async (own) => void own.register(topics({ A: {} })).catch(() => {}),
  "the first registration, which asks first": async (own) => void own.register({}, { force: false }).catch(() => {}),
  "a registration that isn't to be held": async (own) => void own.register({}, { hold: false }).catch(() => {}),
  "what was kept": (own) => own.registrations.restore(),
  async "a change"(own) {
    await own.register();
    own.registrations.change(ID, topics({ B: {} }) as never, 1_000).catch(() => {});
  },
  async "a refresh"(own, clock) {
    await own.register();
    await clock.advance(29_999, 1_000);
    clock.jump(1);
  },
  async "a registration after a loss"(own, clock) {
    await own.register();
    for (const { connections } of own.servers) connections[0]?.socket.close();
    await settle();
    clock.jump(200);
  },
};

const ends: Record<string, (own: House) => Promise<unknown>> = {
  "a stop": (own) => own.registrations.close(1_000),
  "a release": (own) => own.registrations.release(ID, 1_000).catch(() => own.registrations.close(1_000)),
};

describe("nothing stays open or registered, or comes back, after", () => {
  for (const [endName, end] of Object.entries(ends)) {
    for (const [name, begin] of Object.entries(beginnings)) {
      test(`${endName} at every moment of ${name}`, async () => {
        using clock = fakeClock();
        for (let moment = 0; moment < 120; moment++) {
          const store = memoryStore();
          const own = await house([{}, { version: 78 }], { store });
          if (name === "what was kept") store.kept = await once();
          await begin(own, clock);
          await moments(moment);
          const ended = end(own);
          await settle();
          await ended;
          await own.registrations.close(1_000);
          await clock.advance(200_000, 20_000);
          expect(own.servers.map(({ openCount }) => openCount)).toEqual([0, 0]);
          expect(own.servers.flatMap(registeredAt)).toEqual([]);
          expect(clock.timers).toBe(0);
          for (const { arrivals } of own.servers) {
            const codes = arrivals.map(({ request }) => request.code);
            if (codes.includes(104)) expect(codes.slice(codes.indexOf(104))).not.toContain(103);
          }
        }
      });
    }
  }
});

/** What a store has after one registration. */
async function once() {
  const store = memoryStore();
  const own = await house([{}], { store });
  await own.register();
  await own.registrations.close(100);
  return store.kept;
}
