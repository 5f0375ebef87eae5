import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { differences, type Table } from "../../src/discovery/differences.ts";

function tables<T>(...each: readonly Readonly<Record<string, T>>[]): Table<T>[] {
  return each.map((entries, index) => ({ nameServer: `ns${index}`, entries: new Map(Object.entries(entries)) }));
}

/** The value with every list and every object's members in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled).reverse();
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [name, shuffled(member)]);
  return Object.fromEntries(members.reverse());
}

describe("tables", () => {
  test("that agree have no differences, whatever the order of what is in them", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (entries) => {
        expect(differences(tables(entries, shuffled(entries) as typeof entries, entries))).toEqual([]);
      }),
    );
  });

  test("of one server, or of none, have nothing to differ from", () => {
    expect(differences(tables({ a: 1 }))).toEqual([]);
    expect(differences([])).toEqual([]);
  });

  test("differ in exactly the entries that were changed, taken away and added", () => {
    const names = fc.constantFrom("a", "b", "%RETRY%g", "__proto__", "ключ", "constructor");
    fc.assert(
      fc.property(fc.dictionary(names, fc.nat()), fc.dictionary(names, fc.nat()), (one, two) => {
        const changed = [...new Set([...Object.keys(one), ...Object.keys(two)])].filter((name) => {
          return !Object.hasOwn(one, name) || !Object.hasOwn(two, name) || one[name] !== two[name];
        });
        expect(differences(tables(one, two)).map(({ name }) => name)).toEqual(changed.sort());
      }),
    );
  });

  test.each([
    [[1], [1, 1]],
    [["ab"], ["a", "b"]],
    [["a,b"], ["a", "b"]],
    [[[1], [2]], [[1, 2]]],
    ["1", 1],
    ["null", "undefined"],
    [{ a: 1 }, { a: "1" }],
    [{ a: [] }, { a: {} }],
    [{ "a:1": 2 }, { a: "1:2" }],
    [false, 0],
  ])("with %j and %j differ", (one, two) => {
    expect(differences(tables<unknown>({ name: one }, { name: two }))).toHaveLength(1);
  });

  test("are compared with every digit", () => {
    const [one, two] = [9_007_199_254_740_992n, 9_007_199_254_740_993n];
    expect(differences(tables({ a: one }, { a: two }))).toHaveLength(1);
  });

  test("show what each server has, in their order, and null for nothing", () => {
    expect(differences(tables<string>({ b: "x" }, {}, { a: "y", b: "x" }))).toEqual([
      {
        name: "a",
        values: [
          { nameServer: "ns0", value: null },
          { nameServer: "ns1", value: null },
          { nameServer: "ns2", value: "y" },
        ],
      },
      {
        name: "b",
        values: [
          { nameServer: "ns0", value: "x" },
          { nameServer: "ns1", value: null },
          { nameServer: "ns2", value: "x" },
        ],
      },
    ]);
  });

  test("are compared by the essence of their values, and shown whole", () => {
    const [one, two] = [
      { kept: 1, left: 1 },
      { kept: 1, left: 2 },
    ];
    const essence = ({ kept }: typeof one) => kept;
    expect(differences(tables({ a: one }, { a: two }), essence)).toEqual([]);
    const values = [
      { nameServer: "ns0", value: one },
      { nameServer: "ns1", value: { ...two, kept: 2 } },
    ];
    expect(differences(tables({ a: one }, { a: { ...two, kept: 2 } }), essence)).toEqual([{ name: "a", values }]);
  });
});
