import { describe, expect, test } from "bun:test";
import { settingTable } from "../../src/runtime/settings.ts";

function page(name: string): Promise<string> {
  return Bun.file(new URL(`../../docs/${name}`, import.meta.url)).text();
}

interface GoldenFrame {
  readonly id: string;
  readonly hex?: string;
}

describe("docs/wire-format.md", async () => {
  const golden: readonly GoldenFrame[] = await Bun.file(new URL("../golden/frames.json", import.meta.url)).json();
  const blocks = [...(await page("wire-format.md")).matchAll(/^```hex (\S+)\n(.*?)^```$/gms)];

  test("has examples", () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks.map(([, id = "", text = ""]) => [id, text]))("shows %s as Java wrote it", (id, text) => {
    // Two blanks part the bytes of a line from what they mean.
    const lines = text.split("\n");
    const bytes = lines.map((line) => line.split("  ", 1)[0]?.replaceAll(" ", "")).join("");
    expect(golden.find((frame) => frame.id === id)?.hex).toBe(bytes);
  });
});

describe("docs/deploying.md", async () => {
  const rows = [...(await page("deploying.md")).matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)];

  test("lists every setting with its default", () => {
    const listed = rows.map(([, name, initial]) => [name, initial?.replaceAll("`", "")]);
    const settings = Object.entries(settingTable).map(([name, { initial }]) => [name, initial ?? "none"]);
    expect(listed).toEqual(settings);
  });
});

test.each(["architecture.md", "wire-format.md", "deploying.md"])(
  "the links of docs/%s lead somewhere",
  async (name) => {
    const text = await page(name);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => slug(String(title)));
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target.startsWith("#")) expect(headings).toContain(target.slice(1));
      else expect(await Bun.file(new URL(`../../docs/${target}`, import.meta.url)).exists()).toBe(true);
    }
  },
);

/** The anchor of a heading as GitHub makes it. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
