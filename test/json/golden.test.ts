import { describe, expect, test } from "bun:test";
import { isDeepStrictEqual } from "node:util";
import { Fault } from "../../src/errors.ts";
import { parseDialect } from "../../src/json/dialect.ts";
import { parseJson, stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { stringifyDialect } from "../../src/json/write-dialect.ts";
import { readGolden, withEntries } from "./golden.ts";

interface DialectCase {
  readonly generation: string;
  readonly mode: "body" | "standard" | "decode";
  readonly id: string;
  readonly text?: string;
  readonly value?: JsonValue;
  readonly cycle?: string;
  readonly error?: string;
}

const dialect = readGolden("dialect.json") as DialectCase[];

/** What cannot be told from the text, with the reason. */
const unreadable: Readonly<Record<string, string>> = {
  "3.2.6 path-text-quote": "1.2.3 does not escape the path: the text is no JSON",
  "4.9.7 path-text-quote": "1.2.69 escapes it for the path only: the text is no JSON",
  "3.2.6 path-text-backslash": "1.2.3 does not escape the path: \\b is a backspace",
  "3.2.6 path-key-bean": "the path names the key by its Java toString",
  "3.2.6 path-key-list": "the path names the key by its Java toString",
  "3.2.6 ambiguous-path-dot": "a.b is a name and a way, and the way is taken",
};

/** Two keys of Java become the same name. */
const sameKeys = /^ambiguous-(key|path-integer)/;

function read(text: string): unknown {
  try {
    return withEntries(parseDialect(text));
  } catch (error) {
    return error instanceof Fault ? undefined : error;
  }
}

/** Entries of maps in one order, and with scalar keys as text: the reader keeps neither their order nor their type. */
function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inOrder(item)]));
  if (!value.every((item) => Object.keys(item ?? {}).join() === "key,value")) return value.map(inOrder);
  const entries = value.map(({ key, value }) => ({
    key: typeof key === "number" ? String(key) : inOrder(key),
    value: inOrder(value),
  }));
  return entries.sort((a, b) => (JSON.stringify(a.key) < JSON.stringify(b.key) ? -1 : 1));
}

describe("texts that fastjson wrote", () => {
  const written = dialect.filter((each) => each.mode !== "decode" && each.text !== undefined);
  const plain = written.filter((each) => each.value !== undefined && !sameKeys.test(each.id));

  test("mean what the objects did that it wrote", () => {
    expect(plain.length).toBeGreaterThan(600);
    const wrong = plain.filter(({ text = "", value }) => !isDeepStrictEqual(inOrder(read(text)), inOrder(value)));
    expect(wrong.map((each) => `${each.generation} ${each.id}`).sort()).toEqual(Object.keys(unreadable).sort());
  });

  test("of two Java keys with one name the last counts", () => {
    const texts = written.filter((each) => sameKeys.test(each.id)).map((each) => each.text ?? "");
    expect(texts.length).toBeGreaterThan(4);
    expect(parseDialect('{0:1,"0":2}')).toEqual({ "0": 2 });
    for (const text of texts) expect(() => parseDialect(text)).not.toThrow();
  });

  test("that hold cycles give cycles", () => {
    const cycles = written.flatMap(({ text, cycle }) => (text && cycle ? [{ text, cycle }] : []));
    expect(cycles.length).toBeGreaterThan(10);
    for (const { text, cycle } of cycles) {
      const meant = cycle.replace(/<(root|a)>(?![{[])/g, (_, name) => `{"$ref":"${name === "root" ? "$" : "$.a"}"}`);
      const value = parseDialect(text);
      expect(unroll(value, 12)).toEqual(unroll(parseDialect(meant.replace(/<\w+>/g, "")), 12));
      expect(() => stringifyJson(value)).toThrow("Cannot write JSON: an object contains itself");
    }
  });

  test("come out as strict JSON, and through the dialect unchanged", () => {
    for (const { text = "", id } of plain) {
      if (id.startsWith("path-text-quote")) continue;
      const value = parseDialect(text);
      expect(JSON.parse(stringifyJson(value))).toBeDefined();
      for (const integerKeys of ["bare", "quoted"] as const) {
        const again = parseDialect(stringifyDialect(value, { integerKeys }));
        expect(stringifyJson(again)).toBe(stringifyJson(withoutNulls(value)));
      }
    }
  });

  test("that all three generations read are read, but for spellings of numbers that nobody writes", () => {
    const accepted = Map.groupBy(
      dialect.filter((each) => each.mode === "decode" && each.text !== undefined),
      (each) => each.id,
    );
    expect(accepted.size).toBeGreaterThan(80);
    const refused = [...accepted]
      .filter(([, cases]) => cases.every((each) => each.error === undefined))
      .filter(([, [first]]) => read(first?.text ?? "") === undefined)
      .map(([id]) => id);
    expect(refused.sort()).toEqual(["decode-long-five-dot", "decode-long-leading-zero", "decode-long-suffix"]);
  });
});

/** The value to a depth, cut there: two cyclic values are the same when all their cuts are. */
function unroll(value: JsonValue, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return value.map((item) => unroll(item, depth - 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return entries.map(([key, item]) => [unroll(key, depth - 1), unroll(item, depth - 1)]);
}

function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Map) {
    const kept = [...value].filter(([, item]) => item !== null);
    return new Map(kept.map(([key, item]) => [withoutNulls(key), withoutNulls(item)]));
  }
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)]));
}

interface Body {
  readonly samples?: Readonly<Record<string, string>>;
  readonly emptyObjectJson?: Readonly<Record<string, string>>;
  readonly strictSample?: JsonValue;
}

describe("bodies of every class", () => {
  const bodies = Object.entries(readGolden("bodies.json") as Record<string, Body>).filter(
    ([name]) => !name.startsWith("_"),
  );
  const textsOf = (texts: Readonly<Record<string, string>> = {}) =>
    Object.values(texts).filter((text) => text !== "(same as above)");

  test("mean their strict sample", () => {
    let compared = 0;
    for (const [name, { samples, strictSample }] of bodies) {
      const sample = samples?.["5.5.0"] ?? textsOf(samples)[0];
      if (sample === undefined || strictSample === undefined) continue;
      expect({ name, value: withTextOfKeys(parseDialect(sample)) }).toEqual({ name, value: strictSample });
      compared++;
    }
    expect(compared).toBeGreaterThan(70);
  });

  test("of every generation come out as strict JSON", () => {
    const texts = bodies.flatMap(([, body]) => [...textsOf(body.samples), ...textsOf(body.emptyObjectJson)]);
    expect(texts.length).toBeGreaterThan(150);
    for (const text of texts) {
      const strict = stringifyJson(parseDialect(text));
      expect(JSON.parse(strict)).toBeDefined();
      expect(stringifyJson(parseJson(strict))).toBe(strict);
    }
  });
});

/** Object keys as the JSON text of the key, the form that strictSample gives them. */
function withTextOfKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withTextOfKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, item]) => [typeof key === "string" ? key : JSON.stringify(key), withTextOfKeys(item)]),
  );
}

describe("bodies seen on the wire", () => {
  interface Side {
    readonly bodyText?: string;
    readonly body?: { readonly text?: string; readonly length?: number };
  }
  const bodiesOf = (name: string) =>
    (readGolden(name) as { request?: Side | null; response?: Side | null }[])
      .flatMap(({ request, response }) => [request, response])
      .map((side) => side?.bodyText ?? wholeText(side?.body))
      .filter((text) => text !== undefined && /^[{[]/.test(text)) as string[];
  const wholeText = (body: Side["body"]) =>
    body?.text !== undefined && body.length === Buffer.byteLength(body.text) ? body.text : undefined;

  for (const [name, least] of [
    ["probes.json", 250],
    ["extra-probes.json", 50],
  ] as const) {
    test(`${name}: all parse, and as JSON.parse says where that can`, () => {
      const texts = bodiesOf(name);
      expect(texts.length).toBeGreaterThan(least);
      for (const text of texts) {
        const value = parseDialect(text);
        expect(JSON.parse(stringifyJson(value))).toBeDefined();
        if (isJson(text) && !text.includes("$ref")) expect(value).toEqual(JSON.parse(text));
      }
    });
  }

  test("a reply to 43 shares the table of a cloned group", () => {
    const reply = bodiesOf("probes.json").find((text) => text.includes("$ref")) ?? "";
    const { offsetTable } = parseDialect(reply) as { offsetTable: Record<string, JsonValue> };
    expect(offsetTable["CatTopicP1@CatGroupP1"]).toEqual({ "0": 2 });
    expect(offsetTable["CatTopicP1@CatGroupP1"]).toBe(offsetTable["CatTopicP1@CatGroupClone"] as JsonValue);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
