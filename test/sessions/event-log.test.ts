import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createEventLog, type EventLog } from "../../src/sessions/event-log.ts";
import { settle } from "../support/clock.ts";

const LIMITS = { maxEventsKept: 4, maxKeptEventBytes: 1_000 };

function append(log: EventLog, ...texts: string[]): void {
  for (const text of texts) log.append("e", () => ({ text }));
}

/** Reads what is there, without waiting for more. */
async function drain(reader: ReturnType<EventLog["read"]>): Promise<string[]> {
  const seen: string[] = [];
  const more = async (): Promise<void> => {
    const event = await reader.next();
    if (event === null) return;
    seen.push(`${event.id} ${event.name} ${event.json}`);
    return more();
  };
  const reading = more();
  await settle();
  reader.close();
  await reading;
  return seen;
}

describe("a reader", () => {
  test("gets every event in its order, also those that come while it waits", async () => {
    const log = createEventLog(LIMITS);
    append(log, "a");
    const reader = log.read();
    expect(await reader.next()).toEqual({ id: 1, name: "e", json: '{"text":"a"}' });
    const waiting = reader.next();
    append(log, "b", "c");
    expect(await waiting).toMatchObject({ id: 2 });
    expect(await reader.next()).toMatchObject({ id: 3 });
  });

  test("that states no number gets what nobody has read", async () => {
    const log = createEventLog(LIMITS);
    append(log, "a", "b");
    const first = log.read();
    await first.next();
    expect(await drain(log.read())).toEqual(['2 e {"text":"b"}']);
    expect(await drain(log.read())).toEqual([]);
  });

  test("that states a number goes on behind it", async () => {
    const log = createEventLog(LIMITS);
    append(log, "a", "b", "c");
    await drain(log.read());
    expect(await drain(log.read(1))).toEqual(['2 e {"text":"b"}', '3 e {"text":"c"}']);
    expect(await drain(log.read(0))).toHaveLength(3);
    // Of another session, or made up.
    expect(await drain(log.read(99))).toEqual([]);
  });

  test("is told of what was dropped before it came to it", async () => {
    const log = createEventLog(LIMITS);
    const slow = log.read();
    append(log, "a");
    await slow.next();
    append(log, "b", "c", "d", "e", "f", "g");
    expect(await drain(slow)).toEqual([
      '3 gap {"from":2,"to":3}',
      '4 e {"text":"d"}',
      '5 e {"text":"e"}',
      '6 e {"text":"f"}',
      '7 e {"text":"g"}',
    ]);
  });

  test("gets the rest once no more will come, and then the end", async () => {
    const log = createEventLog(LIMITS);
    append(log, "a");
    const reader = log.read();
    const waiting = log.read();
    await waiting.next();
    const last = waiting.next();
    log.end();
    expect(await last).toBeNull();
    expect(await reader.next()).toMatchObject({ id: 1 });
    expect(await reader.next()).toBeNull();
    expect(await log.read(0).next()).toMatchObject({ id: 1 });
  });

  test("that is closed gets no more, also while it waits", async () => {
    const log = createEventLog(LIMITS);
    const reader = log.read();
    const waiting = reader.next();
    reader.close();
    reader.close();
    expect(await waiting).toBeNull();
    append(log, "a");
    expect(await reader.next()).toBeNull();
  });
});

describe("a log", () => {
  test("keeps no more than its room, and the newest event whatever its length", async () => {
    const log = createEventLog(LIMITS);
    append(log, "x".repeat(600), "y".repeat(600));
    expect((await drain(log.read(0))).map((line) => line.slice(0, 14))).toEqual(['1 gap {"from":', '2 e {"text":"y']);
    append(log, "z".repeat(5_000));
    expect((await drain(log.read(1))).map((line) => line.slice(0, 14))).toEqual(['2 gap {"from":', '3 e {"text":"z']);
    append(log, "a");
    expect(await drain(log.read(3))).toEqual(['4 e {"text":"a"}']);
  });

  test("loses nothing silently, whoever reads when", async () => {
    const steps = fc.array(fc.constantFrom("append", "read"), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (order) => {
        const log = createEventLog(LIMITS);
        const reader = log.read(0);
        let position = 0;
        for (const step of order) {
          if (step === "append") append(log, "a");
          else if (position < log.lastId) {
            const event = await reader.next();
            const { id = 0, name = "", json = "" } = event ?? {};
            const from = name === "gap" ? JSON.parse(json).from : id;
            expect(from).toBe(position + 1);
            position = id;
          }
        }
        expect(await drain(reader)).toHaveLength(Math.min(log.lastId - position, 5));
      }),
      { numRuns: 100 },
    );
  });
});
