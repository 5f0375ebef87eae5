import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import type { Command } from "../../src/commands/command.ts";
import { catalogue, commandsOf } from "../../src/commands/index.ts";
import { generationsOf, javaCode, javaCodes, serversOf } from "./java.ts";

const folder = new URL("../../src/commands/", import.meta.url);
/** What the folder holds besides the commands themselves. */
const machinery = new Set(["command.ts", "index.ts"]);
const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !machinery.has(name));

/** What a command's file exports. */
async function exportsOf(file: string): Promise<[string, Command][]> {
  return Object.entries(await import(new URL(file, folder).href));
}

function camelCase(kebab: string): string {
  return kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

describe.each(files)("src/commands/%s", (file) => {
  const stem = file.replace(/\.ts$/, "");

  test("is one command of the catalogue, named as its file", async () => {
    const [[name, command] = [], ...more] = await exportsOf(file);
    expect([name, more]).toEqual([camelCase(stem), []]);
    expect(catalogue).toContain(command as Command);
  });

  test("has the name of its code in Java", async () => {
    const [[, command] = []] = await exportsOf(file);
    const { code, name } = command as Command;
    const { names } = javaCode(code);
    // 105 was GET_ROUTEINTO_BY_TOPIC until 4.x put it right, so the newest of the generations decides.
    const newest = generationsOf(command as Command)
      .toSorted()
      .at(-1);
    expect(newest && names[newest]).toBe(name);
    // RequestCode writes ROUTEINTO and KVLIST; only the file parts such words.
    expect(stem.replace(/-at-client$/, "").replaceAll("-", "")).toBe(name.replaceAll("_", "").toLowerCase());
  });
});

describe("the catalogue", () => {
  test("lists every file once, in order of code", () => {
    expect(new Set(catalogue).size).toBe(files.length);
    expect(catalogue).toHaveLength(files.length);
    const codes = catalogue.map(({ code }) => code);
    expect(codes).toEqual(codes.toSorted((a, b) => a - b));
  });

  test("has every code of Java and no other", () => {
    expect(javaCodes).toHaveLength(175);
    expect([...new Set(catalogue.map(({ code }) => code))]).toEqual(javaCodes.map(({ code }) => code));
  });

  test("gives the meanings of a code", () => {
    expect(commandsOf(105).map(({ name }) => name)).toEqual(["GET_ROUTEINFO_BY_TOPIC"]);
    expect(commandsOf(217).map(({ name }) => name)).toEqual(["GET_KV_CONFIG_BY_VALUE", "REGISTER_TOPIC_IN_NAMESRV"]);
    expect(commandsOf(309).map(({ servedBy }) => servedBy["5.5.0"])).toEqual([["broker"], ["client"]]);
    expect(commandsOf(99_999)).toEqual([]);
  });

  test("describes each command in one line that says something of its own", () => {
    const silent = "No server of any generation answers it.";
    const descriptions = catalogue.map(({ description }) => description).filter((each) => each !== silent);
    expect(catalogue.length - descriptions.length).toBe(10);
    expect(new Set(descriptions).size).toBe(descriptions.length);
    for (const description of descriptions) expect(description).toMatch(/^[A-Z0-9_][^\n]{14,118}[.!]$/);
  });
});

test.each(javaCodes)("$code $name is served by those that serve it in Java", (java) => {
  for (const generation of ["3.2.6", "4.9.7", "5.5.0"] as const) {
    const servers = commandsOf(java.code).flatMap(({ servedBy }) => servedBy[generation] ?? []);
    // Two commands would mean the same code at the same server otherwise.
    expect(new Set(servers).size).toBe(servers.length);
    expect(servers.toSorted()).toEqual(serversOf(java, generation).toSorted());
  }
});
