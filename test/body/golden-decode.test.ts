import { describe, expect, test } from "bun:test";
import { BrokerData } from "../../src/body/cluster-info.ts";
import type { BodyCodec } from "../../src/body/codec.ts";
import { jsonBody } from "../../src/body/json.ts";
import { kvTable } from "../../src/body/kv-table.ts";
import { dataVersion } from "../../src/body/topic-config.ts";
import { Fault } from "../../src/errors.ts";
import type { JsonValue } from "../../src/json/value.ts";
import type { Generation } from "../../src/wire/versions.ts";
import { readGolden } from "../json/golden.ts";
import { contextOf, encoded } from "./golden.ts";

interface Sample {
  readonly generation: Generation;
  readonly mode: string;
  readonly id: string;
  readonly class?: string;
  readonly text: string;
  /** What Java read; absent where it refused. */
  readonly value?: JsonValue;
}
type Members = Record<string, JsonValue>;

const samples = (readGolden("dialect.json") as readonly Sample[]).filter(({ mode }) => mode === "decode");
const samplesOf = (className: string) => samples.filter((sample) => sample.class?.endsWith(`.${className}`));

/** What a codec reads, `refused` where that is nothing. */
function readHere(codec: BodyCodec<unknown>, text: string, generation: Generation): unknown {
  try {
    return codec.decode(encoded(text), contextOf(generation));
  } catch (error) {
    expect(error instanceof Fault && error.fault).toBe("undecodable");
    return "refused";
  }
}

/** The ids of the samples where what we read differs from what Java read, in any generation. */
function differing(compared: readonly Sample[], here: (sample: Sample) => unknown, there: (sample: Sample) => unknown) {
  expect(compared.length).toBeGreaterThan(30);
  const others = compared.filter((sample) => !Bun.deepEquals(here(sample), there(sample)));
  return [...new Set(others.map(({ id }) => id))].sort();
}

describe("as Java reads it, but for the listed", () => {
  test("a map of texts", () => {
    const differences = {
      "decode-body-array": "4.9.7 makes null of it, the others refuse it, as we do",
      "decode-body-byte-order-mark": "5.5.0 refuses it; the dialect skips it",
      "decode-body-comment": "no one writes comments",
      "decode-body-empty": "null in Java; here a frame without bytes has no body, and none is read",
      "decode-body-field-case": "3.x and 4.x take a member of any case, no one writes such",
      "decode-body-field-unquoted": "5.5.0 refuses it; the dialect has bare keys",
      "decode-body-unknown-field": "unknown members are kept, so that what newer servers say reaches the caller",
      "decode-doubled-comma": "3.x and 4.x skip it, no one writes it",
      "decode-raw-1a": "3.2.6 ends there",
      "decode-text-key-null": "5.5.0 refuses it; the dialect has bare keys",
      "decode-text-key-number": "Java refuses it; the dialect has bare keys",
      "decode-text-key-unquoted": "5.5.0 refuses it; the dialect has bare keys",
      "decode-text-value-other-types": "a fraction as text loses its last zeros",
    };
    const there = ({ value }: Sample) => (value === undefined ? "refused" : withoutNulls(value ?? { table: {} }));
    const here = ({ text, generation }: Sample) => readHere(kvTable, text, generation);
    expect(differing(samplesOf("KVTable"), here, there)).toEqual(Object.keys(differences));
  });

  test("a map by integer", () => {
    const differences = {
      "decode-long-key-empty": "Java makes null of an empty key",
      "decode-long-key-letter": "Java refuses it; it is the caller's to make sense of",
      "decode-long-key-null": "3.2.6 refuses it; the dialect has it",
    };
    const codec = jsonBody(BrokerData);
    // 5.5.0 gives every member of the class, whether or not it came.
    const there = ({ value }: Sample) => {
      if (value === undefined) return "refused";
      const { enableActingMaster: _, ...members } = value as Members;
      return members;
    };
    const here = ({ text, generation }: Sample) => readHere(codec, text, generation);
    expect(differing(samplesOf("BrokerData"), here, there)).toEqual(Object.keys(differences));
  });

  test("a long", () => {
    const differences = {
      "decode-long-five-dot": "no JSON",
      "decode-long-half": "no JSON; 5.5.0 makes 0 of it",
      "decode-long-leading-zero": "no JSON",
      "decode-long-minus": "no JSON; 5.5.0 makes 0 of it",
      "decode-long-nan": "4.9.7 makes null of it, the others refuse it, as we do",
      "decode-long-one-and-a-half": "Java drops the fraction without a word",
      "decode-long-plus": "no JSON; 3.2.6 refuses it",
      "decode-long-suffix": "no JSON",
      "decode-long-true": "5.5.0 makes 1 of it, the others refuse it, as we do",
    };
    // The samples have the long as the value of a map; here it is the counter of a DataVersion.
    const numeral = ({ text }: Sample) => /"topic":"T"\}:(.*)\}\}$/.exec(text)?.[1];
    const longs = samples.filter((sample) => /^decode-long-(?!key)/.test(sample.id) && numeral(sample) !== undefined);
    const there = ({ value }: Sample) => {
      if (value === undefined) return "refused";
      const [entry] = (value as Members).messageQueueTable as unknown as { value: JsonValue }[];
      return withoutNulls({ counter: entry?.value ?? null });
    };
    const here = (sample: Sample) => readHere(dataVersion, `{"counter":${numeral(sample)}}`, sample.generation);
    expect(differing(longs, here, there)).toEqual(Object.keys(differences));
  });
});

/** Null is absent here. */
function withoutNulls(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutNulls(member)]));
}
