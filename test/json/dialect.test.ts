import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { parseDialect } from "../../src/json/dialect.ts";
import type { JsonValue } from "../../src/json/value.ts";

/** The message of the fault that a text gives. */
function faultOf(text: string): string {
  try {
    parseDialect(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).fault).toBe("undecodable");
    return (error as Fault).message;
  }
  throw new Error(`was read: ${text.slice(0, 80)}`);
}

describe("what fastjson writes beyond JSON", () => {
  const cases: [text: string, value: unknown][] = [
    ['{0:"a",-1:"b"}', { "0": "a", "-1": "b" }],
    ["{9007199254740993:1,1.5:2,true:3,null:4}", { "9007199254740993": 1, "1.5": 2, true: 3, null: 4 }],
    ["{a:1,$x_9:2,中:3}", { a: 1, $x_9: 2, 中: 3 }],
    ["{ 0 : [ 1 , 2 ] }", { "0": [1, 2] }],
    ["{'a\"':'it\\'s'}", { 'a"': "it's" }],
    ['"\\v\\0\\7\\x41\\x7f\\F\\\'\\/\\u4E2D\\u4e2d"', "\v\0\x07A\x7f\f'/中中"],
    ['"a\nb\0"', "a\nb\0"],
    ["[NaN,Infinity,-Infinity]", [NaN, Infinity, -Infinity]],
    ["[1,]", [1]],
    ['{"a":1,}', { a: 1 }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['{"a":1,"a":2}', { a: 2 }],
    ['{{"b":1}:2}', new Map([[{ b: 1 }, 2]])],
    ["{[1,2]:{}}", new Map([[[1, 2], {}]])],
    [
      '{"x":0,{"b":1}:{{"c":1}:2},7:8}',
      new Map<unknown, unknown>([
        ["x", 0],
        [{ b: 1 }, new Map([[{ c: 1 }, 2]])],
        ["7", 8],
      ]),
    ],
  ];
  for (const [text, value] of cases)
    test(JSON.stringify(text), () => expect(parseDialect(text)).toEqual(value as never));
});

describe("integers", () => {
  test("keep every digit", () => {
    expect(parseDialect("[9007199254740991,9007199254740992,-9223372036854775808,0,-5]")).toEqual([
      9007199254740991,
      9007199254740992n,
      -9223372036854775808n,
      0,
      -5,
    ]);
    expect(Object.is(parseDialect("-0"), -0)).toBe(true);
    expect(parseDialect("123456789012345678901234567890")).toBe(123456789012345678901234567890n);
  });

  test("of any size agree with BigInt", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), (value) => {
        expect(BigInt(parseDialect(String(value)) as number | bigint)).toBe(value);
      }),
    );
  });

  test("of more than 4,300 digits are refused", () => {
    expect(parseDialect("1".repeat(4_300))).toBe(BigInt("1".repeat(4_300)));
    expect(faultOf(`[${"1".repeat(4_301)}]`)).toBe(
      "Cannot parse JSON: an integer of more than 4300 digits at offset 1",
    );
  });
});

describe("bad texts", () => {
  const cases: [text: string, reason: string][] = [
    ["", "unexpected end of text at offset 0"],
    [" \n", "unexpected end of text at offset 2"],
    ['{"a":1', "unexpected end of text at offset 6"],
    ['{"a', "unexpected end of text at offset 3"],
    ['"a\\', "unexpected end of text at offset 3"],
    ["[1 2]", 'unexpected "2" at offset 3'],
    ["[1,,2]", 'unexpected "," at offset 3'],
    ["[,]", 'unexpected "," at offset 1'],
    ['{"a" 1}', 'unexpected "1" at offset 5'],
    ["{,}", 'unexpected "," at offset 1'],
    ['{"a":1}}', 'unexpected "}" at offset 7'],
    ["[01]", 'unexpected "1" at offset 2'],
    ["[1.]", 'unexpected "]" at offset 3'],
    ["[.5]", 'unexpected "." at offset 1'],
    ["[+1]", 'unexpected "+" at offset 1'],
    ["[1e+]", 'unexpected "]" at offset 4'],
    ["[-]", 'unexpected "]" at offset 2'],
    ["[-x]", 'unexpected "x" at offset 2'],
    ["[nul]", 'unexpected "n" at offset 1'],
    ["truex", 'unexpected "x" at offset 4'],
    ['"\\q"', 'unexpected "q" at offset 2'],
    ['"\\u12G4"', 'unexpected "G" at offset 5'],
    ['"\\x4"', 'unexpected "\\"" at offset 4'],
    ["/**/1", 'unexpected "/" at offset 0'],
    ["[😀]", 'unexpected "😀" at offset 1'],
    ["[\u0000]", 'unexpected "\\u0000" at offset 1'],
  ];
  for (const [text, reason] of cases) {
    test(JSON.stringify(text), () => expect(faultOf(text)).toBe(`Cannot parse JSON: ${reason}`));
  }

  test("too many levels are refused without deep recursion", () => {
    expect(parseDialect("[".repeat(256) + "]".repeat(256))).toBeArray();
    for (const open of ["[", '{"a":', "{", "{[", "[{"]) {
      expect(faultOf(open.repeat(100_000))).toStartWith("Cannot parse JSON: more than 256 levels at offset ");
    }
    expect(() => parseDialect("[[[1]]]", { maxDepth: 2 })).toThrow("more than 2 levels at offset 2");
  });
});

describe("names of Object.prototype", () => {
  const text = '{"__proto__":{"polluted":1},"constructor":2,"toString":3,__proto__:{"polluted":4}}';

  test("are own members", () => {
    const value = parseDialect(text) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getOwnPropertyDescriptor(value, "__proto__")?.value).toEqual({ polluted: 4 });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in value || "polluted" in {}).toBe(false);
  });

  test("survive the turn into a map, and are no paths", () => {
    const map = parseDialect('{"__proto__":{"x":1},{"__proto__":2}:3}') as Map<unknown, unknown>;
    expect(map.get("__proto__")).toEqual({ x: 1 });
    const value = parseDialect('{"a":{"$ref":"$.constructor"},"b":{"$ref":"$.__proto__"},"c":{"$ref":"$.toString"}}');
    expect(value).toEqual({ a: { $ref: "$.constructor" }, b: { $ref: "$.__proto__" }, c: { $ref: "$.toString" } });
  });
});

/** The value as JSON.parse would round it. */
function rounded(value: JsonValue): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
}

describe("properties", () => {
  test("agrees with JSON.parse on JSON", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(rounded(parseDialect(text))).toEqual(JSON.parse(text));
        const spaced = JSON.stringify(JSON.parse(text), null, "\t");
        expect(rounded(parseDialect(spaced))).toEqual(JSON.parse(spaced));
      }),
      { numRuns: 500 },
    );
  });

  test("agrees with JSON.parse on any text and number", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.double(), (string, number) => {
        expect(parseDialect(JSON.stringify(string))).toBe(string);
        expect(rounded(parseDialect(JSON.stringify({ [string]: number })))).toEqual(
          JSON.parse(JSON.stringify({ [string]: number })),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test("throws nothing but faults, whatever the text", () => {
    const token = fc.constantFrom(
      ..."{}[]:,\"'\\ntf0-1.eE",
      "null",
      "NaN",
      "$ref",
      '"$ref"',
      '"$.a"',
      '".."',
      "\\u00",
      "a",
      "__proto__",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
        try {
          parseDialect(tokens.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
