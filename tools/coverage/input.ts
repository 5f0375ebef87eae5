import { routes } from "../../routes/index.ts";
import { commandsOf } from "../../src/commands/index.ts";
import type { ProvedByGeneration } from "./proved.ts";
import { type CoverageRow, coverageRows } from "./rows.ts";

interface RequestCode {
  readonly code: number;
  readonly names: Readonly<Record<string, string>>;
}

const list = new URL("../../test/golden/request-codes.json", import.meta.url);
/** What `npm run coverage` found last. */
export const provedFile = new URL("proved.json", import.meta.url);
export const pageFile = new URL("../../docs/coverage.md", import.meta.url);

/** The rows as the code is now and the suites were when they ran last. */
export async function currentRows(): Promise<CoverageRow[]> {
  const all: readonly RequestCode[] = await Bun.file(list).json();
  const codes = all.flatMap(({ code, names: { "3.2.6": name } }) => (name === undefined ? [] : [{ code, name }]));
  const proved: ProvedByGeneration = await Bun.file(provedFile).json();
  return coverageRows({ codes, commandsOf, routes, proved });
}
