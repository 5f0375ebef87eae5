import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import {
  checkpointOf,
  extraInfoOf,
  isOver,
  keptIn,
  type Lease,
  leaseOf,
  receiptHandle,
  visibleAtOf,
} from "../../src/http/lease-handle.ts";
import { int64 } from "../../src/json/value.ts";
import { limits } from "../../src/limits.ts";

const holder = { group: "billing", topic: "orders" };
/** What a 5.5.0 broker put on a message that came again. */
const POP_CK = "0 1795223570936 30000 7 1 broker-a 0 0";
const lease: Lease = {
  ...holder,
  ...{ startOffset: 0, popTime: 1_795_223_570_936, invisibleTime: 30_000, reviveQid: 7 },
  ...{ origin: "1", brokerName: "broker-a", queueId: 0, queueOffset: 0 },
};

const name = fc.stringMatching(/^[%|a-zA-Z0-9_-]{1,60}$/);
const long = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(int64);
const anyLease: fc.Arbitrary<Lease> = fc.record({
  ...{ group: name, topic: name, brokerName: fc.stringMatching(/^[^ ]{1,60}$/) },
  ...{ startOffset: long, popTime: long, invisibleTime: long, reviveQid: long, queueOffset: long },
  ...{ origin: fc.constantFrom("0" as const, "1" as const, "2" as const), queueId: fc.nat() },
});

function refused(handle: string, of = holder): Fault {
  try {
    leaseOf(handle, of, "/receiptHandle");
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`Cannot see ${handle} refused`);
}

describe("a receipt handle", () => {
  test("says all of a lease, in letters that need no escape", () => {
    const wellFormed = (one: Lease) => one.brokerName.isWellFormed();
    fc.assert(
      fc.property(anyLease.filter(wellFormed), (one) => {
        const handle = receiptHandle(one);
        expect(handle).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(leaseOf(handle, one, "")).toEqual(one);
      }),
    );
  });

  test("that was changed in any place is none, or is another", () => {
    const handle = receiptHandle(lease);
    const letters = fc.constantFrom(..."ABCxyz019-_ =+/.é");
    fc.assert(
      fc.property(fc.nat(handle.length - 1), letters, (at, letter) => {
        const changed = handle.slice(0, at) + letter + handle.slice(at + 1);
        fc.pre(changed !== handle);
        try {
          expect(receiptHandle(leaseOf(changed, holder, ""))).toBe(changed);
        } catch (error) {
          expect(error).toMatchObject({ fault: "invalid-body" });
        }
      }),
    );
  });

  const made = (text: string) => Buffer.from(text).toString("base64url");
  test.each([
    ["nothing", ""],
    ["no base64", "a b"],
    ["padding", `${made("1 billing orders 0 1 2 3 0 bb 0 0")}=`],
    ["no UTF-8", Buffer.from([0xff, 0xfe]).toString("base64url")],
    ["another form", made(`2 billing orders ${POP_CK}`)],
    ["too few parts", made("1 billing orders 0 1 2 3 0 b 0")],
    ["too many parts", made(`1 billing orders ${POP_CK} 0`)],
    ["no broker", made("1 billing orders 0 1 2 3 0  0 0")],
    ["no group", made(`1  orders ${POP_CK}`)],
    ["an unknown origin", made("1 billing orders 0 1 2 3 9 b 0 0")],
    ["a number in another form", made("1 billing orders 00 1 2 3 0 b 0 0")],
    ["a number of more than 64 bits", made("1 billing orders 0 1 2 3 0 b 0 9999999999999999999")],
    ["a queue that none is", made("1 billing orders 0 1 2 3 0 b -1 0")],
    ["a queue beyond all", made("1 billing orders 0 1 2 3 0 b 2147483648 0")],
    ["more than a handle can be", made("1".repeat(limits.maxReceiptHandleChars))],
  ])("that has %s is refused", (_, handle) => {
    expect(refused(handle)).toMatchObject({
      fault: "invalid-body",
      options: { violations: [{ pointer: "/receiptHandle", detail: "is no receipt handle" }] },
    });
  });

  test.each([[{ group: "billing", topic: "other" }], [{ group: "other", topic: "orders" }]])(
    "is good for its own group and topic alone",
    (other) => {
      expect(refused(receiptHandle(lease), other).message).toContain("is one of group billing and topic orders");
    },
  );
});

describe("a lease", () => {
  test("is known to brokers by Java's text", () => {
    expect(extraInfoOf(lease)).toBe(POP_CK);
    const { group: _, topic: __, ...checkpoint } = lease;
    expect(checkpointOf(POP_CK)).toEqual(checkpoint);
  });

  test("of a message that comes again is kept in the retry topic", () => {
    expect(keptIn({ ...lease, origin: "0" })).toBe("orders");
    expect(keptIn(lease)).toBe("%RETRY%billing_orders");
    expect(keptIn({ ...lease, origin: "2" })).toBe("%RETRY%billing+orders");
  });

  test("is over when its time is", () => {
    expect(visibleAtOf(lease)).toBe(1_795_223_600_936);
    expect(isOver({ ...lease, popTime: Date.now() - 1_001, invisibleTime: 1_000 })).toBe(true);
    expect(isOver({ ...lease, popTime: Date.now(), invisibleTime: 60_000 })).toBe(false);
  });
});
