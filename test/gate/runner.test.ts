import { expect, test } from "bun:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the program behind `npm test` and gives its exit code and the last line that it wrote. */
async function runTests(...args: string[]): Promise<{ exitCode: number; lastLine: string | undefined }> {
  const command = [process.execPath, "tools/gate/test.ts", ...args];
  const child = Bun.spawn(command, { cwd: root, stdout: "pipe", stderr: "ignore" });
  const output = await new Response(child.stdout).text();
  return { exitCode: await child.exited, lastLine: output.trimEnd().split("\n").at(-1) };
}

test("a run of one file ends with its counts", async () => {
  const { exitCode, lastLine } = await runTests("test/gate/imports.test.ts", "-t", "importsIn finds the line of each");
  expect({ exitCode, lastLine }).toEqual({ exitCode: 0, lastLine: "1 passed, 0 failed" });
});

test("a run without a test is a failure", async () => {
  const { exitCode, lastLine } = await runTests("test/gate/no-such.test.ts");
  expect({ exitCode, lastLine }).toEqual({ exitCode: 1, lastLine: "0 passed, 1 failed" });
});
