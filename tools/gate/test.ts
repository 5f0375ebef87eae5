/**
 * `npm test`: runs the tests and ends with one plain line, `N passed, N failed`. Arguments go to `bun test`, so
 * `npm test -- test/wire` runs one folder. What stands in test/long runs only when it is named.
 */
import { run } from "./run.ts";
import { closingLine, totalsOf } from "./totals.ts";

/** For tests that start a Java server and whose machine is busy; a test with a tighter bound says so itself. */
const TEST_TIMEOUT_MILLIS = 60_000;
const LONG = "test/long";

const args = process.argv.slice(2);
const isLong = args.some((arg) => arg.replace(/^\.\//, "").startsWith(LONG));
const { exitCode, output } = await run(
  [
    process.execPath,
    "test",
    // Whatever ends the run, the servers that its tests started end too.
    "--no-orphans",
    `--timeout=${TEST_TIMEOUT_MILLIS}`,
    ...(isLong ? [] : [`--path-ignore-patterns=${LONG}/**`]),
    ...args,
  ],
  { keep: "stderr", env: isLong ? { ...process.env, TEST_LONG: "1" } : process.env },
);
const totals = totalsOf(output, exitCode);
console.log(closingLine(totals));
process.exitCode = exitCode === 0 && totals.failed > 0 ? 1 : exitCode;
