import { describe, expect, test } from "bun:test";
import { languageByte, languageName, languages } from "../../src/wire/languages.ts";
import {
  REQUEST_CODE_NOT_SUPPORTED,
  responseCodeName,
  responseCodes,
  SUCCESS,
  SYSTEM_ERROR,
} from "../../src/wire/response-codes.ts";
import * as versions from "../../src/wire/versions.ts";
import { samplesIn } from "../golden/samples.ts";

async function golden<T>(name: string): Promise<T> {
  return Bun.file(new URL(`../golden/${name}`, import.meta.url)).json();
}

describe("languages", () => {
  test("are those of every generation, in the order of their bytes", async () => {
    const tables = await golden<Record<string, Record<string, number>>>("languages.json");
    expect(Object.fromEntries(languages.map((name, byte) => [name, byte]))).toEqual(tables["5.5.0"] ?? {});
    for (const generation of ["3.2.6", "4.9.7"]) {
      for (const [name, byte] of Object.entries(tables[generation] ?? {})) expect(languageByte(name)).toBe(byte);
    }
  });

  test("every byte has a name, and its name that byte", () => {
    for (let byte = 0; byte <= 255; byte++) expect(languageByte(languageName(byte))).toBe(byte);
    expect([languageName(13), languageName(14)]).toEqual(["NODE_JS", "14"]);
  });

  test.each(["", "256", "-1", "1.5", " 5", "1e1", "0x10", "+1", "java", "Infinity", "constructor"])(
    "%p has no byte",
    (name) => expect(languageByte(name)).toBeUndefined(),
  );
});

describe("versions", () => {
  test("are the ordinals of MQVersion, the same in every generation that has them", async () => {
    const tables =
      await golden<Record<string, { currentVersion: number; ordinals: Record<string, number> }>>(
        "version-ordinals.json",
      );
    const { V3_2_6, V4_9_7, V5_5_0, generationOf: _, ...named } = versions;
    const current = ["3.2.6", "4.9.7", "5.5.0"].map((generation) => tables[generation]?.currentVersion);
    expect(current).toEqual([V3_2_6, V4_9_7, V5_5_0]);
    for (const [name, ordinal] of Object.entries(named)) {
      expect(tables["5.5.0"]?.ordinals).toMatchObject({ [name]: ordinal });
      for (const { ordinals } of Object.values(tables)) {
        if (ordinals && name in ordinals) expect(ordinals[name]).toBe(ordinal);
      }
    }
  });

  test.each([
    [undefined, "3.2.6"],
    [0, "3.2.6"],
    [78, "3.2.6"],
    [212, "3.2.6"],
    [213, "4.9.7"],
    [412, "4.9.7"],
    [413, "5.5.0"],
    [9_999, "5.5.0"],
  ] as const)("version %p is of generation %s", (version, generation) => {
    expect(versions.generationOf(version)).toBe(generation);
  });
});

describe("response codes", () => {
  /** Names of 4.9.7 whose numbers 5.5.0 gave to others. */
  const replaced = new Set(["209", "210", "211"]);

  test("have the names of Java", async () => {
    const rows = (await samplesIn("response-codes.json")) as unknown as {
      code: number;
      name: string;
      versions: string[];
    }[];
    const newest = rows.filter(({ versions }) => versions.includes("5.5.0"));
    expect(newest.length).toBeGreaterThan(60);
    for (const { code, name } of newest) expect([code, responseCodeName(code)]).toEqual([code, name]);
    expect(Object.keys(responseCodes).length).toBe(new Set(newest.map(({ code }) => code)).size);
    for (const { code, name, versions } of rows) {
      if (!versions.includes("5.5.0") && !replaced.has(String(code)))
        expect([code, responseCodeName(code)]).toEqual([code, name]);
    }
  });

  test("the ones used here are those", () => {
    expect([SUCCESS, SYSTEM_ERROR, REQUEST_CODE_NOT_SUPPORTED].map(responseCodeName)).toEqual([
      "SUCCESS",
      "SYSTEM_ERROR",
      "REQUEST_CODE_NOT_SUPPORTED",
    ]);
    expect(responseCodeName(12_345)).toBe(null);
  });
});
