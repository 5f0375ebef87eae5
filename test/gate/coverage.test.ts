import { describe, expect, test } from "bun:test";
import { currentRows, pageFile } from "../../tools/coverage/input.ts";
import { coveragePage } from "../../tools/coverage/page.ts";
import type { Mark } from "../../tools/coverage/rows.ts";

/** What a generation has no use for. */
const never: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  39: { "3.2.6": "its brokers never ask: the open release came without the checking of transactions" },
};
const rows = await currentRows();

test("docs/coverage.md is up to date", async () => {
  expect(await Bun.file(pageFile).text()).toBe(coveragePage(rows));
});

test("the list has the 78 request codes of 3.2.6", () => {
  expect(rows).toHaveLength(78);
});

describe.each(rows)("$code $name", ({ code, routes, marks }) => {
  test("has an operation", () => {
    expect({ code, routes }).not.toEqual({ code, routes: [] });
  });

  test("is proved before real servers of every generation", () => {
    const proved = Object.entries(marks).filter(([generation]) => !never[code]?.[generation]);
    const missing = proved.filter(([, mark]) => mark === ("no" satisfies Mark));
    expect({ code, missing }).toEqual({ code, missing: [] });
  });
});
