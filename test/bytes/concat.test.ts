import { describe, expect, test } from "bun:test";
import { concat, equals } from "../../src/bytes/concat.ts";

describe("concat", () => {
  const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(3)];

  test("joins in order", () => {
    expect(concat([a, new Uint8Array(0), b])).toEqual(Uint8Array.of(1, 2, 3));
    expect(concat([])).toEqual(new Uint8Array(0));
  });

  test("gives a single array back uncopied", () => expect(concat([a])).toBe(a));
});

describe("equals", () => {
  test.each([
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1], [1, 2], false],
    [[], [], true],
  ])("%p and %p: %p", (a, b, same) => expect(equals(Uint8Array.from(a), Uint8Array.from(b))).toBe(same));
});
