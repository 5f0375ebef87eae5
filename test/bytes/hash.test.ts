import { expect, test } from "bun:test";
import fc from "fast-check";
import { hash64 } from "../../src/bytes/hash.ts";

test("is 16 hexadecimal digits, the same for the same bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(hash64(bytes)).toMatch(/^[0-9a-f]{16}$/);
      expect(hash64(bytes.slice())).toBe(hash64(bytes));
    }),
  );
});

test("tells apart contents that differ in one bit, in order or in length", () => {
  const seen = new Set<string>();
  let contents = 0;
  const note = (bytes: Uint8Array) => {
    seen.add(hash64(bytes));
    contents++;
  };
  const base = new Uint8Array(64);
  note(base);
  for (let bit = 0; bit < 512; bit++) {
    const changed = base.slice();
    changed[bit >> 3] = 1 << (bit & 7);
    note(changed);
  }
  for (let length = 0; length < 64; length++) note(new Uint8Array(length));
  for (let a = 0; a < 256; a++) for (let b = 0; b < 256; b++) note(Uint8Array.of(a, b));
  // Two zeros are there twice.
  expect(seen.size).toBe(contents - 1);
});
