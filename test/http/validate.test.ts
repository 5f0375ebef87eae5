import { describe, expect, test } from "bun:test";
import { violationsOf } from "../../src/http/validate.ts";
import { HostAndPort, Int32, Int64, IntegerKeyed, Name, Nullable, type TSchema, Type } from "../../src/schema/types.ts";

const max = 2n ** 63n - 1n;
const Sample = Type.Object(
  {
    name: Name("a name"),
    address: Type.Optional(HostAndPort("an address")),
    word: Type.Optional(Type.Union([Type.Literal("A"), Type.Literal("B")])),
    list: Type.Optional(Type.Array(Type.Boolean())),
    map: Type.Optional(Type.Record(Type.String(), Type.Object({ n: Int32("n") }, { additionalProperties: false }))),
  },
  { additionalProperties: false },
);

const notAnInteger = { pointer: "", detail: "must be an integer" };

describe("what is wrong with", () => {
  const byId = IntegerKeyed(Type.String(), "by id");
  const cases: readonly (readonly [value: unknown, violations: Record<string, string>, schema?: TSchema])[] = [
    [{ name: "n", list: [], map: {} }, {}],
    [null, { "": "must be an object" }],
    [[], { "": "must be an object" }],
    [{}, { "/name": "is required" }],
    [{ name: "" }, { "/name": "must not have fewer than 1 characters" }],
    [{ name: "n", address: "h:0" }, { "/address": "must be host:port or [IPv6]:port" }],
    [{ name: "n", address: "h:1\n" }, { "/address": "must be host:port or [IPv6]:port" }],
    [{ name: "n", word: "C" }, { "/word": 'must be one of "A", "B"' }],
    [{ name: "n", word: 3 }, { "/word": 'must be one of "A", "B"' }],
    [
      { name: "n", list: [true, 1, "x"] },
      { "/list/1": "must be a boolean", "/list/2": "must be a boolean" },
    ],
    [{ name: "n", "a/b~c": 1 }, { "/a~1b~0c": "is not known here" }],
    [{ name: "n", constructor: 1 }, { "/constructor": "is not known here" }],
    [JSON.parse('{"__proto__":{"name":"n"}}'), { "/name": "is required", "/__proto__": "is not known here" }],
    [{ name: "n", map: { "a/b~c": { n: "1" } } }, { "/map/a~1b~0c/n": "must be an integer" }],
    [{ name: "n", map: { "a\nb": { n: 1, m: 1 } } }, { "/map/a\nb/m": "is not known here" }],
    [{ name: "n", map: JSON.parse('{"__proto__":{}}') }, { "/map/__proto__/n": "is required" }],
    [{ "9007199254740993": "a", "-1": "b" }, {}, byId],
    [{ 0: 1 }, { "/0": "must be a string" }, byId],
    [null, {}, Nullable(Type.String())],
    ["b", { "": "must be equal to constant" }, Type.Literal("a")],
  ];

  test.each(cases)("%j", (value, expected, schema = Sample) => {
    const violations = Object.entries(expected).map(([pointer, detail]) => ({ pointer, detail }));
    const found = violationsOf(schema, value);
    expect(found).toHaveLength(violations.length);
    expect(found).toEqual(expect.arrayContaining(violations));
  });

  test.each([
    [0, []],
    [max, []],
    [2n ** 53n + 1n, []],
    [-1, [{ pointer: "", detail: "must be >= 0" }]],
    [max + 1n, [{ pointer: "", detail: `must be <= ${max}` }]],
    [1.5, [notAnInteger]],
    ["1", [notAnInteger]],
    [Number.POSITIVE_INFINITY, [notAnInteger]],
    [true, [notAnInteger]],
    [null, [notAnInteger]],
  ])("%s as an integer of 64 bits", (value, violations) => {
    expect(violationsOf(Int64("i", { minimum: 0 }), value)).toEqual(violations);
  });

  test("many members is said of every one, up to a limit", () => {
    const unknown = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x${index}`, index]));
    const found = violationsOf(Sample, { ...unknown, name: 1, address: 2, word: 3, list: 4, map: 5 });
    const pointers = [...Object.keys(unknown), "name", "address", "word", "list", "map"].map((name) => `/${name}`);
    expect(found.map(({ pointer }) => pointer).sort()).toEqual(pointers.sort());
    const more = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x${index}`, index]));
    expect(violationsOf(Sample, more)).toHaveLength(50);
  });
});
