import { describe, expect, test } from "bun:test";
import { Fault } from "../../src/errors.ts";
import { attempt } from "../../src/transport/attempt.ts";
import { memoryPair } from "../../src/transport/memory-socket.ts";
import type { Socket } from "../../src/transport/socket.ts";

const reason = new Error("too long");
const fault = new Fault("connect-failed", "Cannot connect to broker-a:10911: connection refused");
const [socket] = memoryPair("client:1", "broker-a:10911");

/** An attempt whose outcome is in the hands of the test. */
function start(signal?: AbortSignal) {
  let open: (socket: Socket) => void = () => {};
  let fail: (fault: Fault) => void = () => {};
  let releases = 0;
  let starts = 0;
  const promise = attempt(signal, (opened, failed) => {
    starts++;
    [open, fail] = [opened, failed];
    return () => {
      releases++;
      // As Bun does, which calls the end of a handshake a failure.
      failed(fault);
    };
  });
  return { promise, open: () => open(socket), fail: () => fail(fault), counts: () => ({ starts, releases }) };
}

describe("an attempt", () => {
  test("resolves with the socket", async () => {
    const { promise, open } = start();
    open();
    expect(await promise).toBe(socket);
  });

  test("rejects with the fault", async () => {
    const { promise, fail } = start(new AbortController().signal);
    fail();
    await expect(promise).rejects.toBe(fault);
  });

  test("rejects with what the start throws", async () => {
    const broken = attempt(undefined, () => {
      throw fault;
    });
    await expect(broken).rejects.toBe(fault);
  });

  test("is not started when it is aborted already", async () => {
    const { promise, counts } = start(AbortSignal.abort(reason));
    await expect(promise).rejects.toBe(reason);
    expect(counts()).toEqual({ starts: 0, releases: 0 });
  });

  test("is released when it is aborted, and rejects with the reason whatever that leads to", async () => {
    const controller = new AbortController();
    const { promise, counts } = start(controller.signal);
    controller.abort(reason);
    await expect(promise).rejects.toBe(reason);
    expect(counts()).toEqual({ starts: 1, releases: 1 });
  });

  test.each(["open", "fail"] as const)("is not released by an abort after it has come to %s", async (outcome) => {
    const controller = new AbortController();
    const begun = start(controller.signal);
    begun[outcome]();
    controller.abort(reason);
    await begun.promise.catch(() => {});
    expect(begun.counts().releases).toBe(0);
  });
});
