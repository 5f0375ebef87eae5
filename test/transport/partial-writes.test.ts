import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { partialWrites } from "../../src/transport/partial-writes.ts";

const fault = new Fault("send-failed", "Cannot write to broker-a:10911: connection closed");

/** A sink with room for so many bytes at a time. */
function sink() {
  const taken: number[] = [];
  let room = 0;
  const writes = partialWrites((bytes, from) => {
    const part = bytes.subarray(from, from + room);
    room -= part.length;
    taken.push(...part);
    return part.length;
  });
  const make = (more: number) => {
    room += more;
    writes.drain();
  };
  return { writes, taken, make };
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

describe("partial writes", () => {
  test("send every byte in order, however the sink takes them", async () => {
    const arrays = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(arrays, fc.array(fc.integer({ min: 1, max: 30 })), async (all, rooms) => {
        const { writes, taken, make } = sink();
        const done: Promise<void>[] = [];
        for (const [i, bytes] of all.entries()) {
          done.push(writes.write(bytes));
          make(rooms[i] ?? 0);
        }
        make(1000);
        await Promise.all(done);
        expect(taken).toEqual(all.flatMap((bytes) => [...bytes]));
      }),
    );
  });

  test("resolve when the last byte is taken and not before", async () => {
    const { writes, make } = sink();
    const write = writes.write(new Uint8Array(3));
    make(2);
    expect(await settled(write)).toBe(false);
    make(1);
    expect(await settled(write)).toBe(true);
  });

  test("keep an empty write in its turn", async () => {
    const { writes, make } = sink();
    const first = writes.write(new Uint8Array(1));
    const empty = writes.write(new Uint8Array());
    expect(await settled(empty)).toBe(false);
    make(1);
    await Promise.all([first, empty]);
  });

  test("reject what waits and what comes with the first fault", async () => {
    const { writes, taken, make } = sink();
    const waiting = [writes.write(new Uint8Array(2)), writes.write(new Uint8Array(2))];
    writes.fail(fault);
    writes.fail(new Fault("send-failed", "Cannot write: a later reason"));
    for (const write of waiting) await expect(write).rejects.toBe(fault);
    await expect(writes.write(new Uint8Array(1))).rejects.toBe(fault);
    make(10);
    expect(taken).toEqual([]);
  });

  test("reject a write during which the sink breaks", async () => {
    const writes = partialWrites(() => {
      writes.fail(fault);
      return 0;
    });
    await expect(writes.write(new Uint8Array(1))).rejects.toBe(fault);
  });
});
