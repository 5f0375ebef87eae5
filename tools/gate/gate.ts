/**
 * `npm run gate`: every check and then every test. It ends with one plain line, `N passed, N failed`, in which a check
 * that failed counts as a failure like any other.
 */
import { check } from "./check.ts";
import { run } from "./run.ts";
import { closingLine, readClosingLine, type Totals } from "./totals.ts";

const failedChecks = await check();
console.log("== tests");
const { exitCode, tests } = await runTests();
if (failedChecks.length > 0) console.error(`Cannot pass: ${failedChecks.join(", ")}`);
console.log(closingLine({ ...tests, failed: tests.failed + failedChecks.length }));
process.exitCode = exitCode === 0 && failedChecks.length > 0 ? 1 : exitCode;

/** Runs the tests as the README says to, and keeps their closing line back: this run has one of its own. */
async function runTests(): Promise<{ exitCode: number; tests: Totals }> {
  let tests: Totals | undefined;
  const keepLast = (line: string) => {
    const totals = readClosingLine(line.trimEnd());
    tests = totals ?? tests;
    if (!totals) process.stdout.write(line);
  };
  const { exitCode } = await run(["npm", "test"], { keep: "stdout", onLine: keepLast });
  return { exitCode, tests: tests ?? { passed: 0, failed: 1, skipped: 0 } };
}
