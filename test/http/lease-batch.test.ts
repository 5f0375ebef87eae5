import { expect, test } from "bun:test";
import fc from "fast-check";
import { batchOf } from "../../src/http/lease-ack-batch.ts";
import type { Lease } from "../../src/http/lease-handle.ts";

const pop = { startOffset: 0, popTime: 1_795_223_564_855, invisibleTime: 3_000, reviveQid: 3, origin: "0" } as const;
const lease: Lease = { group: "PopGB", topic: "PopB", brokerName: "broker-a", ...pop, queueId: 0, queueOffset: 3 };

test("a message is one bit of what was handed out with it", () => {
  // What a 5.5.0 broker took.
  expect(batchOf([lease])).toEqual({
    brokerName: "broker-a",
    acks: [{ c: "PopGB", t: "PopB", r: "0", so: 0, q: 0, rq: 3, pt: 1_795_223_564_855, it: 3_000, b: "CA==" }],
  });
});

test("messages of another pop, queue or origin have an entry of their own", () => {
  const others = [{ popTime: 1 }, { invisibleTime: 1 }, { reviveQid: 1 }, { origin: "1" as const }, { queueId: 1 }];
  const { acks } = batchOf([lease, ...others.map((other) => ({ ...lease, ...other }))]);
  expect(acks).toHaveLength(6);
  expect(acks.map(({ t, b }) => [t, b])).toEqual(Array.from({ length: 6 }, () => ["PopB", "CA=="]));
});

test("the bits are those of java.util.BitSet, whatever their order and number", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(300), { minLength: 1 }), fc.bigInt(0n, 2n ** 62n), (bits, startOffset) => {
      const leases = bits.map((bit) => ({ ...lease, startOffset, queueOffset: startOffset + BigInt(bit) }));
      const { acks } = batchOf(leases);
      const bytes = Buffer.from(acks[0]?.b ?? "", "base64");
      const set = Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter(
        (bit) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1,
      );
      expect(set).toEqual(bits.toSorted((a, b) => a - b));
      expect(bytes.at(-1)).not.toBe(0);
    }),
  );
});
