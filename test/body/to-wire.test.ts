import { expect, test } from "bun:test";
import { shapeOf } from "../../src/body/shape.ts";
import { toWire } from "../../src/body/to-wire.ts";
import { Int32, IntegerKeyed, Type } from "../../src/schema/types.ts";

const Item = Type.Object({ old: Int32("a number"), byId: IntegerKeyed(Type.String(), "by id") });
const shape = shapeOf(Type.Object({ items: Type.Array(Item), byName: Type.Record(Type.String(), Item) }));
const names = new Map([["old", "new"]]);

test("declared members are renamed at any depth, names of entries and unknown members are not", () => {
  const item = { old: 1, other: { old: 2 } };
  const written = { new: 1, other: { old: 2 } };
  expect(toWire(shape, { items: [item], byName: { old: item }, old: 3 }, names)).toEqual({
    items: [written],
    byName: { old: written },
    old: 3,
  });
});

test("integer keys become integers of any size, other keys stay text", () => {
  const byId = { "0": "a", "-1": "b", "9007199254740993": "c", x: "d", "": "e", "1.5": "f" };
  expect(toWire(shape, { items: [{ byId }] }, names)).toEqual({
    items: [
      {
        byId: new Map<unknown, string>([
          [0n, "a"],
          [9007199254740993n, "c"],
          [-1n, "b"],
          ["x", "d"],
          ["", "e"],
          ["1.5", "f"],
        ]),
      },
    ],
  } as never);
});

test("what has no shape, or is a map already, stays as it is", () => {
  const map = new Map([[0, "a"]]);
  for (const value of [null, 5, "a", [1], map]) expect(toWire(undefined, value, names)).toBe(value);
  expect(toWire(shape, map, names)).toBe(map);
});
