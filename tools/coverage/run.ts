/**
 * `npm run coverage`: runs the suites before real servers, keeps what the gateways did there, and writes docs/coverage.md.
 * With the paths of some suites it runs those alone, and adds what they show. With `--print` it only prints what was found
 * last.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentRows, pageFile, provedFile } from "./input.ts";
import { coveragePage, coverageText } from "./page.ts";
import { type Done, provedBy, together } from "./proved.ts";

/** Before a name server of our own, it proves nothing of real ones. */
const EMBEDDED = "test/rocketmq/embedded-name-server.test.ts";

const args = process.argv.slice(2);
const suites = args.filter((arg) => arg !== "--print");

async function proveAgain(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "rocketmq-coverage-"));
  const command = [process.execPath, "test", "--no-orphans", "--timeout=60000", `--path-ignore-patterns=${EMBEDDED}`];
  const child = Bun.spawn([...command, ...(suites.length > 0 ? suites : ["test/rocketmq"])], {
    env: { ...process.env, COVERAGE_DIR: folder },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exitCode = await child.exited;
  const files = await readdir(folder);
  const all: Done[] = await Promise.all(files.map((file) => Bun.file(join(folder, file)).json()));
  const proved = provedBy(all);
  const whole = suites.length > 0 ? together(proved, await Bun.file(provedFile).json()) : proved;
  await Bun.write(provedFile, `${JSON.stringify(whole, null, 2)}\n`);
  await rm(folder, { recursive: true });
  return exitCode;
}

if (!args.includes("--print")) process.exitCode = await proveAgain();
const rows = await currentRows();
await Bun.write(pageFile, coveragePage(rows));
console.log(coverageText(rows));
