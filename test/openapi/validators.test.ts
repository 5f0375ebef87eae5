import { describe, expect, test } from "bun:test";
import { stringifyJson } from "../../src/json/strict.ts";
import type { JsonValue } from "../../src/json/value.ts";
import { needsTools, openapi, tool } from "./support.ts";

/** What these tests use of @seriousme/openapi-schema-validator. */
interface Seriousme {
  readonly Validator: new () => { validate(document: object): Promise<{ valid: boolean; errors?: unknown }> };
}

/** What these tests use of @redocly/openapi-core. */
interface Redocly {
  createConfig(config: { extends: string[] }): Promise<object>;
  lintFromString(options: {
    source: string;
    absoluteRef: string;
    config: object;
  }): Promise<{ severity: string; ruleId: string; message: string; location: { pointer?: string }[] }[]>;
}

const text = stringifyJson(openapi as unknown as JsonValue);

describe.skipIf(needsTools.skipped)(`the document${needsTools.title}`, () => {
  async function isValid(document: object): Promise<boolean> {
    const { Validator } = await tool<Seriousme>("@seriousme/openapi-schema-validator");
    return (await new Validator().validate(document)).valid;
  }

  async function lint(source: string): Promise<string[]> {
    const { createConfig, lintFromString } = await tool<Redocly>("@redocly/openapi-core");
    const config = await createConfig({ extends: ["recommended"] });
    const problems = await lintFromString({ source, absoluteRef: "/openapi.json", config });
    return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
  }

  test("is OpenAPI 3.1 to the letter of its schema", async () => {
    expect(await isValid(JSON.parse(text))).toBe(true);
    expect(await isValid({ ...JSON.parse(text), paths: { "no-slash": {} } })).toBe(false);
  });

  test("passes a linter, examples and all", async () => {
    // A path of literals next to one with parameters is what the router is for: literals win.
    const found = (await lint(text)).filter((problem) => !problem.startsWith("no-ambiguous-paths"));
    expect(found).toEqual([]);
    expect(await lint(text.replace('"brokerId":0', '"brokerId":"0"'))).not.toEqual([]);
    expect(await lint(text.replace('"#/components/schemas/KVTable"', '"#/components/schemas/None"'))).not.toEqual([]);
  });
});
