import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import type { Command } from "../../src/commands/command.ts";
import type { Fields } from "../../src/schema/fields.ts";

const folder = new URL("../../src/commands/", import.meta.url);
/** What the folder holds besides the commands themselves. */
const machinery = new Set(["command.ts", "catalogue.ts"]);
const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !machinery.has(name));

interface JavaHeader {
  readonly fields: readonly { readonly name: string }[];
}

/** A request code as the Java sources of each generation have it. A header differs by generation in a few codes. */
interface JavaCode {
  readonly code: number;
  readonly names: Readonly<Record<string, string>>;
  readonly servedByPerVersion: Readonly<Record<string, readonly string[]>>;
  readonly requestHeader: JavaHeader | Readonly<Record<string, JavaHeader | null>> | null;
  readonly responseHeader: JavaHeader | Readonly<Record<string, JavaHeader | null>> | null;
}

const golden = Bun.file(new URL("../golden/request-codes.json", import.meta.url));
const javaCodes: readonly JavaCode[] = await golden.json();

/** What a command's file exports. */
async function exportsOf(file: string): Promise<[string, Command][]> {
  return Object.entries(await import(new URL(file, folder).href));
}

async function commandIn(file: string): Promise<Command> {
  const [[, only] = []] = await exportsOf(file);
  if (only === undefined) throw new Error(`Cannot read ${file}: it exports nothing`);
  return only;
}

function camelCase(kebab: string): string {
  return kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

describe.each(files)("src/commands/%s", (file) => {
  const stem = file.replace(/\.ts$/, "");

  test("is one command, named as its file", async () => {
    const names = (await exportsOf(file)).map(([name]) => name);
    expect(names).toEqual([camelCase(stem)]);
    const { code, name, description, request, response } = await commandIn(file);
    expect(code).toBeInteger();
    expect(description).not.toBe("");
    expect([request.header, response.header]).toEqual([expect.any(Object), expect.any(Object)]);
    // RequestCode writes ROUTEINTO and KVLIST; only the file parts such words.
    expect(stem.replaceAll("-", "")).toBe(name.replaceAll("_", "").toLowerCase());
  });

  test("has the code, names, servers and fields that Java has", async () => {
    const { code, name, servedBy, request, response } = await commandIn(file);
    const java = javaCodes.find((each) => each.code === code);
    if (!java) throw new Error(`Cannot find code ${code} among those of Java`);
    // 105 was GET_ROUTEINTO_BY_TOPIC until 4.x put it right, so the newest of the generations decides.
    const newest = Object.keys(servedBy).toSorted().at(-1) ?? "none";
    expect(java.names[newest]).toBe(name);
    for (const [generation, servers] of Object.entries(servedBy)) {
      expect(java.servedByPerVersion[generation]?.map(serverName)).toEqual(expect.arrayContaining([...servers]));
    }
    expect(fieldNames(java.requestHeader)).toEqual(expect.arrayContaining(wireNames(request.header)));
    expect(fieldNames(java.responseHeader)).toEqual(expect.arrayContaining(wireNames(response.header)));
  });
});

test("no two commands mean the same code in the same generation", async () => {
  const meanings = await Promise.all(
    files.map(async (file) => {
      const { code, servedBy } = await commandIn(file);
      return Object.keys(servedBy).map((generation) => `${code} in ${generation}`);
    }),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(meanings.flat().toSorted()).toEqual([...new Set(meanings.flat())].toSorted());
});

/** The golden file calls the servers as their Maven artifacts are called. */
function serverName(artifact: string): string {
  const names: Record<string, string> = { namesrv: "name-server", filtersrv: "filter-server" };
  return names[artifact] ?? artifact;
}

function wireNames(header: Fields): string[] {
  return Object.entries(header).map(([name, field]) => field.wire ?? name);
}

/** The fields of a header in all generations together. */
function fieldNames(header: JavaCode["requestHeader"]): string[] {
  if (header === null) return [];
  const headers = "fields" in header ? [header as JavaHeader] : Object.values(header);
  return headers.flatMap((each) => (each ? each.fields.map((field) => field.name) : []));
}
