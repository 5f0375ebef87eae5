import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { writeQueue } from "../../src/session/write-queue.ts";
import type { Socket } from "../../src/transport/socket.ts";
import { settle } from "../support/clock.ts";

/** A queue over a socket whose writes end when the test says so. */
function slowQueue() {
  const writes: { bytes: number[]; done: PromiseWithResolvers<void> }[] = [];
  const events: string[] = [];
  const socket: Pick<Socket, "write"> = {
    write(bytes) {
      const done = Promise.withResolvers<void>();
      writes.push({ bytes: [...bytes], done });
      return done.promise;
    },
  };
  const queue = writeQueue(socket as Socket, () => events.push("over"));
  const push = (...bytes: number[]) =>
    queue.push({
      bytes: Uint8Array.from(bytes),
      left: () => events.push(`${bytes[0]} left`),
      sent: () => events.push(`${bytes[0]} sent`),
      failed: () => events.push(`${bytes[0]} failed`),
    });
  return { queue, push, writes, events };
}

describe("the write queue", () => {
  test("joins the frames of one microtask, and those that come while a write is under way", async () => {
    const { queue, push, writes, events } = slowQueue();
    push(1, 1);
    push(2);
    expect(writes).toHaveLength(0);
    await settle();
    push(3);
    push(4, 4);
    await settle();
    expect(writes.map(({ bytes }) => bytes)).toEqual([[1, 1, 2]]);
    expect(queue.queuedBytes).toBe(6);
    writes[0]?.done.resolve();
    await settle();
    expect(writes.map(({ bytes }) => bytes)).toEqual([
      [1, 1, 2],
      [3, 4, 4],
    ]);
    writes[1]?.done.resolve();
    await settle();
    expect(queue.queuedBytes).toBe(0);
    expect(events.filter((event) => event.endsWith("sent"))).toEqual(["1 sent", "2 sent", "3 sent", "4 sent"]);
  });

  test("knows of a failed write that all but its last frame may have arrived whole, and ends", async () => {
    const { queue, push, writes, events } = slowQueue();
    for (const frame of [1, 2, 3]) push(frame);
    await settle();
    push(4);
    writes[0]?.done.reject(new Fault("send-failed", "Cannot write: broken"));
    await settle();
    expect(events).toEqual(["1 left", "2 left", "1 failed", "2 failed", "3 failed", "4 failed", "over"]);
    expect(writes).toHaveLength(1);
    expect(queue.queuedBytes).toBe(0);
  });
});
