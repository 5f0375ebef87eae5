import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { opaqueCounter, pendingTable } from "../../src/session/pending.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { faultOf } from "../support/fault-of.ts";

const MAX_INT32 = 2 ** 31 - 1;

function answerTo(opaque: number): Frame {
  const header = { code: 0, language: "JAVA", version: 0, flag: 1, remark: null, extFields: null, body: null };
  return { serializeType: "JSON", command: { ...header, opaque } };
}

function table(count = opaqueCounter()) {
  const opaques: number[] = [];
  const pending = pendingTable("server:1", () => {}, count);
  const wait = () => pending.wait(5_000, (opaque) => opaques.push(opaque));
  return { pending, opaques, wait };
}

describe("the pending table", () => {
  test("numbers requests around the end of 32 bits, and each still gets its own answer", async () => {
    const { pending, opaques, wait } = table(opaqueCounter(MAX_INT32 - 2));
    const waiting = [wait(), wait(), wait(), wait()];
    expect(opaques).toEqual([MAX_INT32 - 1, MAX_INT32, -(2 ** 31), -(2 ** 31) + 1]);
    for (const opaque of opaques.toReversed()) expect(pending.settle(answerTo(opaque))).toBe(true);
    expect((await Promise.all(waiting)).map(({ command }) => command.opaque)).toEqual(opaques);
    expect(pending.size).toBe(0);
  });

  test("passes over an opaque whose request still waits", async () => {
    const proposed = [7, 7, 7, 8];
    const { pending, opaques, wait } = table(() => proposed.shift() ?? 0);
    const waiting = [wait(), wait()];
    expect(opaques).toEqual([7, 8]);
    for (const opaque of opaques) pending.settle(answerTo(opaque));
    await Promise.all(waiting);
  });

  test("fails those that may have left with the reason, and the others with send-failed", async () => {
    const { pending, opaques, wait } = table();
    const waiting = [wait(), wait()];
    pending.markLeft(opaques[0] as number);
    pending.failAll(new Fault("closed", "Cannot go on: it ended"));
    const faults = await Promise.all(waiting.map(faultOf));
    expect(faults.map(({ fault }) => fault)).toEqual(["closed", "send-failed"]);
    expect(faults[1]?.message).toBe("Cannot send to server:1: Cannot go on: it ended");
  });

  test("leaves a request that may have left to its answer when its write fails", async () => {
    const { pending, opaques, wait } = table();
    const answered = wait();
    const [opaque = 0] = opaques;
    pending.markLeft(opaque);
    pending.fail(opaque, new Fault("send-failed", "Cannot send: no"));
    expect(pending.size).toBe(1);
    pending.settle(answerTo(opaque));
    await answered;
  });

  test("keeps nothing of a request whose sending throws", async () => {
    const { pending } = table();
    const refused = pending.wait(5_000, () => {
      throw new Fault("too-large", "Cannot encode frame: too large");
    });
    expect((await faultOf(refused)).fault).toBe("too-large");
    expect(pending.size).toBe(0);
  });
});
