import { afterAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closingLine, readClosingLine, totalsOf } from "../../tools/gate/totals.ts";

const folder = await mkdtemp(join(tmpdir(), "gate-"));
afterAll(() => rm(folder, { recursive: true }));

/** Runs `bun test` on one file with this text, and reads its totals. */
async function totalsOfRun(name: string, body: string, ...args: string[]) {
  await Bun.write(join(folder, name), `import { expect, test } from "bun:test";\n${body}`);
  const child = Bun.spawn([process.execPath, "test", name, ...args], { cwd: folder, stdout: "ignore", stderr: "pipe" });
  const output = await new Response(child.stderr).text();
  return totalsOf(output, await child.exited);
}

describe("totalsOf reads a run of bun test in which", () => {
  test("all is well", async () => {
    const body = `test("a", () => {}); test("b", () => expect(1).toBe(1));`;
    expect(await totalsOfRun("well.test.ts", body)).toEqual({ passed: 2, failed: 0, skipped: 0 });
  });

  test("some fail and some are left out", async () => {
    const body = `test("a", () => {}); test("b", () => expect(1).toBe(2)); test.skip("c", () => {}); test.todo("d");`;
    expect(await totalsOfRun("mixed.test.ts", body)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  test("a file fails to load", async () => {
    const body = `import "./missing.ts"; test("a", () => {});`;
    expect(await totalsOfRun("broken.test.ts", body)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("a test ends the process with 0", async () => {
    const body = `test("a", () => {}); test("b", () => process.exit(0));`;
    expect(await totalsOfRun("exit.test.ts", body)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("a test writes a summary of its own", async () => {
    const body = `test("a", () => console.error(" 9 pass\\n 0 fail\\nRan 9 tests across 1 file."));`;
    expect(await totalsOfRun("fake.test.ts", body)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  test("all are skipped", async () => {
    const body = `test.skip("a", () => {});`;
    expect(await totalsOfRun("skipped.test.ts", body)).toEqual({ passed: 0, failed: 1, skipped: 1 });
  });

  test("no test has the name asked for", async () => {
    const totals = await totalsOfRun("named.test.ts", `test("a", () => {});`, "-t", "nothing has this name");
    expect(totals).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("totalsOf", () => {
  const summary = (counts: string) => `x.test.ts:\n(pass) a\n\n${counts}\nRan 3 tests across 1 file. [5.00ms]\n`;

  test("counts a failure that bun told by its exit code alone", () => {
    expect(totalsOf(summary(" 3 pass\n 0 fail"), 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  test("reads colours and plurals", () => {
    const coloured = "\u001b[0m\u001b[32m 3 pass\u001b[0m\n\u001b[2m 4 skips\u001b[0m\n 0 fail";
    expect(totalsOf(summary(coloured), 0)).toEqual({ passed: 3, failed: 0, skipped: 4 });
  });
});

describe("closingLine", () => {
  test("names what was skipped only when something was", () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
    expect(closingLine({ passed: 12, failed: 3, skipped: 1 })).toBe("12 passed, 3 failed, 1 skipped");
  });

  test("is read back, and nothing else is", () => {
    for (const totals of [
      { passed: 12, failed: 0, skipped: 0 },
      { passed: 0, failed: 3, skipped: 1 },
    ]) {
      expect(readClosingLine(closingLine(totals))).toEqual(totals);
    }
    expect(readClosingLine("then 12 passed, 0 failed")).toBeUndefined();
  });
});
