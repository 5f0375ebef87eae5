import { describe, expect, test } from "bun:test";
import { routes } from "../../routes/index.ts";
import { openApiOf } from "../../src/http/openapi/document.ts";
import { operationsPage } from "../../tools/gate/operations.ts";
import { operations } from "./support.ts";

const page = await Bun.file(new URL("../../docs/operations.md", import.meta.url)).text();

describe("docs/operations.md", () => {
  test("is as the routes are defined (bun tools/gate/write-operations.ts writes it anew)", () => {
    expect(page).toBe(operationsPage(openApiOf(routes, { name: "rocketmq-gateway", version: "" })));
  });

  test("has every operation with the requests that it sends", () => {
    for (const [name, operation] of operations) {
      const row = page.split("\n").find((line) => line.startsWith(`| [\`${name}\`]`)) ?? "";
      expect(row).toContain(operation.summary);
      for (const { code, name } of operation["x-rocketmq-commands"]) expect(row).toContain(`${name} (${code})`);
    }
  });

  test("has links that lead somewhere, and tables that are whole", () => {
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) => slug(String(title)));
    expect(anchors.length).toBe(new Set(anchors).size);
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(50);
    for (const target of links) expect(anchors).toContain(String(target));
    for (const table of page.matchAll(/(?:^\|.*\n)+/gm)) {
      const widths = new Set(
        table[0]
          .trimEnd()
          .split("\n")
          .map((row) => row.split(/(?<!\\)\|/).length),
      );
      expect({ table: table[0], widths: widths.size }).toEqual({ table: table[0], widths: 1 });
    }
  });
});

/** The anchor of a heading as GitHub makes it. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
