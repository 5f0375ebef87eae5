/**
 * Makes test/golden/dialect.json and test/golden/frames.json anew from the real Java classes of every generation:
 * `bun tools/golden/generate.ts`, with `--check` to compare only (exit code 1 when a file differs).
 */
import { fileURLToPath } from "node:url";
import { generationNames } from "../rocketmq/generations.ts";
import { dialectSamples } from "./dialect.ts";
import { type Sample, writeLines } from "./exact.ts";
import { frameSamples } from "./frames.ts";
import { runProgram } from "./java.ts";

const checkOnly = process.argv.includes("--check");
const dialect: Sample[] = [];
const frames: Sample[] = [];
for (const generation of generationNames) {
  dialect.push(...dialectSamples(await runProgram(generation, "Dialect")));
  frames.push(...frameSamples(await runProgram(generation, "Frames")));
}
await save("dialect.json", dialect);
await save("frames.json", frames);

async function save(name: string, samples: readonly Sample[]): Promise<void> {
  const file = Bun.file(fileURLToPath(new URL(`../../test/golden/${name}`, import.meta.url)));
  const text = writeLines(samples);
  const same = (await file.exists()) && (await file.text()) === text;
  console.log(
    `test/golden/${name}: ${samples.length} samples, ${same ? "unchanged" : checkOnly ? "differs" : "written"}`,
  );
  if (same) return;
  if (checkOnly) process.exitCode = 1;
  else await Bun.write(file, text);
}
