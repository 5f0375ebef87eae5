import { expect, test } from "bun:test";
import { versionName } from "../../src/wire/version-names.ts";

type Tables = Record<string, { readonly currentVersion: number; readonly ordinals: Record<string, number> }>;
const tables: Tables = await Bun.file(new URL("../golden/version-ordinals.json", import.meta.url)).json();

test.each(["3.2.6", "4.9.7", "5.5.0"])("every version has the name that MQVersion of %s gives it", (generation) => {
  const ordinals = Object.entries(tables[generation]?.ordinals ?? {});
  expect(ordinals.length).toBeGreaterThan(100);
  for (const [name, ordinal] of ordinals) expect([ordinal, versionName(ordinal)]).toEqual([ordinal, name]);
});

test.each([-1, 612, 613, 2 ** 31 - 1, 0.5])("%d is higher than every version", (ordinal) =>
  expect(versionName(ordinal)).toBe("HIGHER_VERSION"),
);
