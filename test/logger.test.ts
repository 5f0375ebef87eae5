import { describe, expect, test } from "bun:test";
import { createLogger } from "../src/logger.ts";
import { fakeClock, settle } from "./support/clock.ts";

/** Takes what is written, each time only once the test lets it. */
function writer() {
  const texts: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    texts,
    write(text: string): Promise<void> {
      texts.push(text);
      return new Promise((resolve) => waiting.push(resolve));
    },
    async release(): Promise<void> {
      waiting.shift()?.();
      await settle();
    },
  };
}

describe("the logger", () => {
  test("gathers lines, and writes them together in their order", async () => {
    using clock = fakeClock();
    const { texts, write, release } = writer();
    const logger = createLogger({ write, flushMillis: 100, maxQueuedChars: 1_000 });
    logger.log({ n: 1 });
    logger.log({ text: "a\nb" });
    await clock.advance(99);
    expect(texts).toEqual([]);
    await clock.advance(1);
    expect(texts).toEqual(['{"n":1}\n{"text":"a\\nb"}\n']);
    // What comes meanwhile waits for the write under way, and goes out with the next.
    logger.log({ n: 2 });
    await clock.advance(500);
    expect(texts).toHaveLength(1);
    await release();
    expect(texts.slice(1)).toEqual(['{"n":2}\n']);
    await release();
    logger.log({ n: 3 });
    await clock.advance(100);
    expect(texts.slice(2)).toEqual(['{"n":3}\n']);
  });

  test("drops what has no room behind a reader that doesn't read, and says how many", async () => {
    using clock = fakeClock();
    const { texts, write, release } = writer();
    const logger = createLogger({ write, flushMillis: 100, maxQueuedChars: 16 });
    for (const n of [1, 2, 3, 4]) logger.log({ n });
    await clock.advance(100);
    const { dropped, time } = JSON.parse(texts[0]?.split("\n")[2] ?? "");
    expect({ lines: texts[0]?.split("\n").length, dropped }).toEqual({ lines: 4, dropped: 2 });
    expect(new Date(time).toISOString()).toBe(time);
    logger.log({ n: 5 });
    await release();
    expect(texts.slice(1)).toEqual(['{"n":5}\n']);
  });

  test("flushes at once, and waits no longer than it may", async () => {
    using clock = fakeClock();
    const { texts, write, release } = writer();
    const logger = createLogger({ write, flushMillis: 100, maxQueuedChars: 1_000 });
    await logger.flush(1_000);
    logger.log({ n: 1 });
    let isOver = false;
    const flushed = logger.flush(1_000).then(() => {
      isOver = true;
    });
    await settle();
    expect({ texts, isOver }).toEqual({ texts: ['{"n":1}\n'], isOver: false });
    await release();
    await flushed;
    logger.log({ n: 2 });
    const late = logger.flush(1_000);
    await clock.advance(1_000);
    await late;
    expect(texts.slice(1)).toEqual(['{"n":2}\n']);
    expect(clock.timers).toBe(0);
  });
});
