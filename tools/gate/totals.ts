/** How a test run ended. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * The totals in the output of `bun test`. Its junit report isn't used since that leaves out files that fail to load.
 * One failure is counted where bun counts none but the run proves nothing: it ended with a failure code, without a
 * summary (a test that calls `process.exit(0)` does that, and bun then exits with 0), or no test ran.
 */
export function totalsOf(output: string, exitCode: number): Totals {
  const summary = summaryOf(output);
  const count = (name: string) => Number(new RegExp(`^ *(\\d+) ${name}s?$`, "m").exec(summary)?.[1] ?? 0);
  const passed = count("pass");
  const skipped = count("skip") + count("todo");
  const failed = count("fail");
  const isProof = exitCode === 0 && passed + failed > 0;
  return { passed, failed: failed === 0 && !isProof ? 1 : failed, skipped };
}

/** The lines of counts above the last "Ran N tests across N files". */
function summaryOf(output: string): string {
  const lines = Bun.stripANSI(output).split(/\r?\n/);
  const end = lines.findLastIndex((line) => /^Ran \d+ tests? across \d+ files?\./.test(line));
  const start = lines.findLastIndex((line, index) => index < end && !/^ *\d+ \S/.test(line));
  return end < 0 ? "" : lines.slice(start + 1, end).join("\n");
}

/** The line that ends a run: `12 passed, 0 failed`, and `, 1 skipped` where so. */
export function closingLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Reads a closing line; undefined when it is none. */
export function readClosingLine(line: string): Totals | undefined {
  const [whole, ...counts] = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line) ?? [];
  if (whole === undefined) return undefined;
  const [passed = 0, failed = 0, skipped = 0] = counts.map((count) => Number(count ?? 0));
  return { passed, failed, skipped };
}
