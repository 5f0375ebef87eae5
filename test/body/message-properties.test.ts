import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { MessageProperties, propertiesFromText, propertiesToText } from "../../src/body/message-properties.ts";
import { isReserved, reservedProperties } from "../../src/body/property-names.ts";
import { Fault } from "../../src/errors.ts";
import { violationsOf } from "../../src/http/validate.ts";
import { samplesIn } from "../golden/samples.ts";
import { generations } from "./golden.ts";

interface Sample {
  readonly properties: Readonly<Record<string, string>>;
  readonly encoded: string;
  readonly encoded2: string;
  readonly properties2: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}
const samples = new Map((await samplesIn("frames.json")).map((sample) => [sample.id, sample as unknown as Sample]));

function sample(name: string): Sample {
  const found = samples.get(name);
  if (found === undefined) throw new Error(`Cannot find ${name}`);
  return found;
}

describe.each(generations)("properties of %s", (generation) => {
  test("are read as Java reads them", () => {
    const { encoded, properties, encoded2, properties2 } = sample(`properties-decode-${generation}`);
    expect(propertiesFromText(encoded)).toEqual(properties);
    expect(propertiesFromText(encoded2)).toEqual(properties2);
  });

  test("are written as Java writes them, but for the last separator of 4.x and the order of its HashMap", () => {
    const { encoded, properties } = sample(`properties-string-${generation}`);
    const parts = (text: string) =>
      text
        .split("\u0002")
        .filter((part) => part !== "")
        .sort();
    expect(parts(propertiesToText(properties))).toEqual(parts(encoded));
  });

  test("that applications may not set are all known", () => {
    expect(Object.keys(reservedProperties)).toEqual(
      expect.arrayContaining([...sample(`reserved-properties-${generation}`).names]),
    );
  });
});

test("no name is reserved that Java leaves to applications", () => {
  expect(Object.keys(reservedProperties).sort()).toEqual([...sample("reserved-properties-5.5.0").names].sort());
  expect(["KEYS", "UNIQ_KEY", "color", "constructor"].map(isReserved)).toEqual([true, true, false, false]);
});

test("whatever has no separator comes back, but for empty values", () => {
  const plain = fc
    .string({ unit: "grapheme", maxLength: 8 })
    .filter((text) => !text.includes("\u0001") && !text.includes("\u0002"));
  const name = fc.oneof(
    plain.filter((text) => text !== ""),
    fc.constantFrom("__proto__", "constructor", "🐱"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, plain)), (entries) => {
      const properties = Object.fromEntries(entries);
      const kept = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ""));
      expect(Object.entries(propertiesFromText(propertiesToText(properties)))).toEqual(Object.entries(kept));
      expect(violationsOf(MessageProperties, properties)).toEqual([]);
    }),
  );
});

describe("refused are", () => {
  const violationsFor = (properties: Record<string, string>) => {
    try {
      return propertiesToText(properties);
    } catch (error) {
      if (!(error instanceof Fault) || error.fault !== "invalid-argument") throw error;
      return error.options.violations?.map(({ pointer }) => pointer);
    }
  };

  test("separators in a name or a value, and no name, each by its place", () => {
    const properties = { "a\u0001b": "1", good: "x", "c/~": "y\u0002z", "": "w" };
    const pointers = ["/properties/a\u0001b", "/properties/c~1~0", "/properties/"];
    expect(violationsFor(properties)).toEqual(pointers);
    expect(violationsOf(MessageProperties, properties)).toHaveLength(3);
  });

  test("more than a record has room for", () => {
    expect(violationsFor({ a: "x".repeat(32_767 - 3) })).toHaveLength(32_767);
    expect(violationsFor({ a: "x".repeat(32_767 - 2) })).toEqual(["/properties"]);
    expect(violationsFor({ a: "猫".repeat(10_922) })).toEqual(["/properties"]);
  });
});
