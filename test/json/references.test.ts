import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseDialect } from "../../src/json/dialect.ts";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonMap, JsonObject, JsonValue } from "../../src/json/value.ts";

/** What `r` of a text refers to, and what `is` picks from the same value. */
function same(text: string, is: (value: JsonObject) => unknown): void {
  const value = parseDialect(text) as JsonObject;
  const target = is(value);
  expect(target).toBeDefined();
  expect(value.r).toBe(target as JsonValue);
}

describe("a path leads to the very object", () => {
  const at = (value: unknown, ...path: (string | number)[]) =>
    path.reduce((node, key) => (node as JsonObject)[key] as JsonValue, value as JsonValue);

  test("through members, indices and integer keys", () => {
    same('{"a":{"x":1},"r":{"$ref":"$.a"}}', (v) => v.a);
    same('{"a":[0,[{"x":1}]],"r":{"$ref":"$.a[1][0]"}}', (v) => at(v, "a", 1, 0));
    same('{"a":{5:{"x":1}},"r":{"$ref":"$.a[5]"}}', (v) => at(v, "a", "5"));
    same('{"a":{-1:{"x":1}},"r":{"$ref":"$.a[-1]"}}', (v) => at(v, "a", "-1"));
    same('{"a":{12:{"x":1}},"r":{"$ref":"$.a.12"}}', (v) => at(v, "a", "12"));
    same('{"r":{"$ref":"$.a"},"a":{"x":1}}', (v) => v.a);
    same('{"":{"x":1},"r":{"$ref":"$."}}', (v) => v[""]);
  });

  test("through names full of dots, escaped or not", () => {
    same('{"a":{"T.x@G-1":{"0":1}},"r":{"$ref":"$.a.T.x@G-1"}}', (v) => at(v, "a", "T.x@G-1"));
    same('{"a":{"T.x@G-1":{"0":1}},"r":{"$ref":"$.a.T\\\\.x\\\\@G\\\\-1"}}', (v) => at(v, "a", "T.x@G-1"));
    same('{"a.b":{"c.d":{"x":1}},"a":{"b":{}},"r":{"$ref":"$.a.b.c.d"}}', (v) => at(v, "a.b", "c.d"));
    same('{"a[0]":{"x":1},"r":{"$ref":"$.a[0]"}}', (v) => v["a[0]"]);
    same('{"a":{"b":{"way":1}},"a.b":{"name":1},"r":{"$ref":"$.a\\\\.b"}}', (v) => v["a.b"]);
    same('{"..":{"x":1},"r":{"$ref":"$..."}}', (v) => v[".."]);
  });

  test("that is a key of a map, or an item of a Java array", () => {
    same('{"a":{{"q":1}:2},"r":{"$ref":"$.a.null"}}', (v) => [...(v.a as JsonMap).keys()][0]);
    const map = parseDialect('{"a":{{"q":1}:2},"b":{{"$ref":"$.a.null"}:3,"z":4}}') as { a: JsonMap; b: JsonMap };
    expect([...map.b]).toEqual([
      [{ q: 1 }, 3],
      ["z", 4],
    ]);
    expect([...map.b.keys()][0]).toBe([...map.a.keys()][0] as JsonValue);
    expect(parseDialect('{"a":[1,{"x":1},{"$ref":"$.a.null"}]}')).toEqual({ a: [1, { x: 1 }, { x: 1 }] });
    expect(parseDialect('{"a":{{"q":1}:2,{"q":2}:2},"r":{"$ref":"$.a.null"}}')).toMatchObject({
      r: { $ref: "$.a.null" },
    });
  });

  test("that is open: the holder, its holder, the root", () => {
    const value = parseDialect(
      '{"self":{"$ref":"@"},"list":[{"$ref":"@"},{"$ref":".."},{"up":{"$ref":".."},"root":{"$ref":"$"}}]}',
    );
    const { self, list } = value as { self: JsonValue; list: [JsonValue, JsonValue, JsonObject] };
    expect(self).toBe(value);
    expect(list[0]).toBe(list);
    expect(list[1]).toBe(value);
    expect(list[2].up).toBe(list);
    expect(list[2].root).toBe(value);
  });
});

describe("left as it stands", () => {
  for (const text of [
    '{"$ref":"$"}',
    '[{"$ref":".."}]',
    '{"table":{"$ref":"hello"}}',
    '{"a":{"$ref":5}}',
    '{"a":{"$ref":"$.a"}}',
    '{"a":{"$ref":"$.b"},"b":{"$ref":"$.a"}}',
    '{"a":{"x":1},"r":{"$ref":"$.a","y":2}}',
    '{"a":{"x":1},"r":{"y":2,"$ref":"$.a"}}',
    '{"r":{"$ref":"$.nowhere"}}',
    '{"a":[1],"r":{"$ref":"$.a[1]"}}',
    '{"a":[1],"r":{"$ref":"$.a[length]"}}',
    '{"a":[1],"r":{"$ref":"$.a[0"}}',
    '{"a":[1],"r":{"$ref":"$a"}}',
    '{"a":[1],"r":{"$ref":"$.a\\\\"}}',
  ]) {
    test(text, () => expect(stringifyJson(parseDialect(text))).toBe(text));
  }
});

test("the objects between references are found again wherever they are", () => {
  const name = fc.string({ unit: fc.constantFrom("a", ".", "[", "]", "0", "@", "\\", "\u0000"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
      let inner = '{"x":1}';
      for (const each of [...names].reverse()) inner = `{${JSON.stringify(each)}:${inner}}`;
      const path = `$${names.map((each) => `.${each.replace(/[^a-z0-9]/g, "\\$&")}`).join("")}`;
      const [, found] = parseDialect(`[${inner},{"$ref":${JSON.stringify(path.replace("$", "$[0]"))}}]`) as [
        JsonValue,
        JsonValue,
      ];
      expect(found).toEqual({ x: 1 });
    }),
    { numRuns: 500 },
  );
});
