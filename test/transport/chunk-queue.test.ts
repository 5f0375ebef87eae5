import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { type ChunkQueue, chunkQueue } from "../../src/transport/chunk-queue.ts";

const fault = new Fault("closed", "Cannot read from broker-a:10911: connection reset by the peer");
const block = new Uint8Array(64 * 1024);
const end = { value: undefined, done: true } as const;

function queue() {
  const calls: string[] = [];
  const chunks = chunkQueue(
    () => calls.push("pause"),
    () => calls.push("resume"),
  );
  return { chunks, calls, reader: chunks[Symbol.asyncIterator]() };
}

async function textOf(chunks: ChunkQueue): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += String.fromCharCode(...chunk);
  return text;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a chunk queue", () => {
  test("hands everything on in order, however pushes and reads fall together", async () => {
    // How many microtasks pass before each push: enough for the reader to be ahead sometimes and behind at others.
    const pauses = fc.array(fc.nat({ max: 4 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(pauses, async (all) => {
        const { chunks } = queue();
        const reading = textOf(chunks);
        for (const [i, pause] of all.entries()) {
          for (let tick = 0; tick < pause; tick++) await undefined;
          chunks.push(bytes(`${i},`));
        }
        chunks.end();
        expect(await reading).toBe(all.map((_, i) => `${i},`).join(""));
      }),
    );
  });

  test("gives a waiting reader the chunk without keeping it", async () => {
    const { chunks, calls, reader } = queue();
    for (let i = 0; i < 100; i++) {
      const next = reader.next();
      chunks.push(block);
      expect(await next).toEqual({ value: block, done: false });
    }
    expect(calls).toEqual([]);
  });

  test("pauses once at 256 KiB and resumes once all of it is read", async () => {
    const { chunks, calls, reader } = queue();
    for (let i = 0; i < 3; i++) chunks.push(block);
    expect(calls).toEqual([]);
    for (let i = 0; i < 3; i++) chunks.push(block);
    expect(calls).toEqual(["pause"]);
    for (let i = 0; i < 5; i++) await reader.next();
    expect(calls).toEqual(["pause"]);
    await reader.next();
    expect(calls).toEqual(["pause", "resume"]);
  });

  test("does not resume a source that has ended", async () => {
    const { chunks, calls, reader } = queue();
    for (let i = 0; i < 4; i++) chunks.push(block);
    chunks.end();
    for (let i = 0; i < 4; i++) await reader.next();
    expect(await reader.next()).toEqual(end);
    expect(calls).toEqual(["pause"]);
  });

  test("ends after what waits", async () => {
    const { chunks } = queue();
    chunks.push(bytes("last"));
    chunks.end();
    chunks.push(bytes("too late"));
    expect(await textOf(chunks)).toBe("last");
  });

  test("throws a fault after what waits, once", async () => {
    const { chunks, reader } = queue();
    chunks.push(bytes("last"));
    chunks.fail(fault);
    expect((await reader.next()).value).toEqual(bytes("last"));
    await expect(reader.next()).rejects.toBe(fault);
    expect(await reader.next()).toEqual(end);
  });

  test("throws a fault to the reader who waits, and not again", async () => {
    const { chunks, reader } = queue();
    const next = reader.next();
    chunks.fail(fault);
    await expect(next).rejects.toBe(fault);
    expect(await reader.next()).toEqual(end);
  });

  test("keeps the first ending", async () => {
    const { chunks, reader } = queue();
    chunks.end();
    chunks.fail(fault);
    expect(await reader.next()).toEqual(end);
  });

  test("forgets all when it is cleared, a fault too", async () => {
    const { chunks, reader } = queue();
    chunks.push(block);
    chunks.fail(fault);
    chunks.clear();
    expect(await reader.next()).toEqual(end);
  });

  test("ends the reader who waits when it is cleared", async () => {
    const { chunks, reader } = queue();
    const next = reader.next();
    chunks.clear();
    expect(await next).toEqual(end);
  });
});
