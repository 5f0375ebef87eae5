import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Fault } from "../../src/errors.ts";
import { parseDialect } from "../../src/json/dialect.ts";
import { parseJson, stringifyJson } from "../../src/json/strict.ts";
import { int64, type JsonValue } from "../../src/json/value.ts";

function parses(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (parse === parseJson) expect(error).toBeInstanceOf(Fault);
    return false;
  }
}

/** Any value of strict JSON, with integers beyond what a number holds. */
const anyValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((number) => (Object.is(number, -0) ? 0 : number))
      .filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(int64),
    fc.string({ unit: "binary" }),
    fc.array(tie("value")),
    fc.dictionary(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "$ref", "0")), tie("value")),
  ),
})).value;

describe("parseJson", () => {
  test("keeps every digit of an integer", () => {
    expect(parseJson('{"offset":9007199254740993,"n":9007199254740991,"d":1.5,"text":"9007199254740993"}')).toEqual({
      offset: 9007199254740993n,
      n: 9007199254740991,
      d: 1.5,
      text: "9007199254740993",
    });
  });

  test("gives the offset, whatever the runtime says", () => {
    const message = (text: string) => {
      try {
        return parseJson(text);
      } catch (error) {
        expect((error as Fault).fault).toBe("invalid-argument");
        return (error as Fault).message;
      }
    };
    expect(message('{"a":1,}')).toBe('Cannot parse JSON: unexpected "}" at offset 7');
    expect(message("{a:1}")).toBe('Cannot parse JSON: unexpected "a" at offset 1');
    expect(message("{'a':1}")).toBe('Cannot parse JSON: unexpected "\'" at offset 1');
    expect(message("[NaN]")).toBe('Cannot parse JSON: unexpected "N" at offset 1');
    expect(message("[-Infinity]")).toBe('Cannot parse JSON: unexpected "I" at offset 2');
    expect(message('{"a":"x\ny"}')).toBe('Cannot parse JSON: unexpected "\\n" at offset 7');
    expect(message('"\\x41"')).toBe('Cannot parse JSON: unexpected "x" at offset 2');
    expect(message("\ufeff1")).toBe('Cannot parse JSON: unexpected "\ufeff" at offset 0');
    expect(message("")).toBe("Cannot parse JSON: unexpected end of text at offset 0");
    expect(message("[".repeat(100_000))).toBe("Cannot parse JSON: more than 256 levels at offset 256");
    expect(message("[".repeat(257) + "]".repeat(257))).toBe("Cannot parse JSON: more than 256 levels at offset 256");
    expect(message(`[${"9".repeat(5_000)}]`)).toBe(
      "Cannot parse JSON: an integer of more than 4300 digits at offset 1",
    );
  });

  test("knows no references and no polluting names", () => {
    expect(parseJson('{"a":{"x":1},"b":{"$ref":"$.a"},"c":1234567890123456}')).toMatchObject({ b: { $ref: "$.a" } });
    for (const tail of ["1", "12345678901234567"]) {
      const value = parseJson(`{"__proto__":{"polluted":${tail}}}`) as object;
      expect(Object.keys(value)).toEqual(["__proto__"]);
      expect("polluted" in value).toBe(false);
    }
  });

  test("takes what JSON.parse takes and nothing else", () => {
    const tokens = [
      ..."{}[]:,\"'\\ntf0-1.eE \u0001",
      "null",
      "true",
      "NaN",
      '"a"',
      '"a":',
      "\\u00e9",
      "\\v",
      "12",
      "\ufeff",
      "1234567890123456",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens), { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        expect({ text, taken: parses(parseJson, text) }).toEqual({ text, taken: parses(JSON.parse, text) });
      }),
      { numRuns: 5_000 },
    );
  });

  test("takes a mutated JSON text exactly when JSON.parse does", () => {
    const filler = fc.constantFrom(
      "",
      ",",
      "]",
      "}",
      '"',
      "\\",
      "0",
      "-",
      "e",
      " ",
      "\n",
      "'",
      "a",
      "1234567890123456",
    );
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat({ max: 3 }), filler, (json, where, cut, put) => {
        const at = where % (json.length + 1);
        const text = json.slice(0, at) + put + json.slice(at + cut);
        expect({ text, taken: parses(parseJson, text) }).toEqual({ text, taken: parses(JSON.parse, text) });
        parses((each) => parseDialect(each), text);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("stringifyJson", () => {
  test("is undone by parseJson, bigints included", () => {
    fc.assert(
      fc.property(anyValue, fc.nat({ max: 3 }), (value, space) => {
        const text = stringifyJson(value, { space });
        expect(parseJson(text)).toEqual(value);
        expect(JSON.parse(text)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  test("writes what JSON.stringify does, indented too", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat({ max: 4 }), (value, space) => {
        expect(stringifyJson(value as JsonValue, { space })).toBe(JSON.stringify(value, null, space));
      }),
      { numRuns: 500 },
    );
  });

  test("writes bigints as digits or in quotes", () => {
    const value = { offset: 9007199254740993n, count: 3 };
    expect(stringifyJson(value)).toBe('{"offset":9007199254740993,"count":3}');
    expect(stringifyJson(value, { int64: "string" })).toBe('{"offset":"9007199254740993","count":3}');
  });

  test("writes NaN and the infinities as null and leaves undefined out", () => {
    const value = { a: NaN, b: [Infinity, -Infinity], c: undefined, d: null } as unknown as JsonValue;
    expect(stringifyJson(value)).toBe('{"a":null,"b":[null,null],"d":null}');
  });

  test("writes a map as rows or as an object", () => {
    const rows = (text: string) => stringifyJson(parseDialect(text));
    expect(rows('{{"q":0}:{"offset":7},{"q":1}:{"offset":8}}')).toBe('[{"q":0,"offset":7},{"q":1,"offset":8}]');
    expect(rows('{{"q":0}:7,{"q":1}:null,{"q":2}:[1]}')).toBe(
      '[{"q":0,"value":7},{"q":1,"value":null},{"q":2,"value":[1]}]',
    );
    expect(rows('{{"q":0}:{{"r":1}:2}}')).toBe('[{"q":0,"value":[{"r":1,"value":2}]}]');
    expect(rows('{{"q":0}:1,"x":{"y":2},[3]:4}')).toBe('[{"q":0,"value":1},{"key":"x","y":2},{"key":[3],"value":4}]');
    expect(rows('{{"__proto__":1}:2}')).toBe('[{"__proto__":1,"value":2}]');
    const keys = new Map<JsonValue, JsonValue>([
      [0, "a"],
      [9007199254740993n, "b"],
      [null, "c"],
      ["__proto__", "d"],
    ]);
    expect(stringifyJson(keys)).toBe('{"0":"a","9007199254740993":"b","null":"c","__proto__":"d"}');
    expect(stringifyJson(new Map())).toBe("{}");
    expect(stringifyJson([new Map([[{ q: 0 }, 7]])], { space: 1 })).toBe(
      '[\n [\n  {\n   "q": 0,\n   "value": 7\n  }\n ]\n]',
    );
  });

  test("refuses cycles, too many levels and too long a text", () => {
    const cycle: JsonValue[] = ["x".repeat(1_000)];
    cycle.push(cycle);
    const faultOf = (value: JsonValue, maxChars?: number) => {
      try {
        return stringifyJson(value, maxChars === undefined ? {} : { maxChars });
      } catch (error) {
        expect((error as Fault).fault).toBe("undecodable");
        return (error as Fault).message;
      }
    };
    expect(faultOf(cycle)).toBe("Cannot write JSON: an object contains itself");
    expect(faultOf(cycle, 10_000)).toBe("Cannot write JSON: an object contains itself");
    let deep: JsonValue = 1;
    for (let level = 0; level < 600; level++) deep = [deep];
    expect(faultOf(deep)).toBe("Cannot write JSON: it nests more than 512 levels");
    expect(faultOf([1, 2], 4)).toBe("Cannot write JSON: it is longer than 4 characters");
    expect(faultOf([1, 2], 5)).toBe("[1,2]");
  });
});
