import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { cachedFolder, stampOf } from "../rocketmq/cache.ts";
import type { Generation } from "../rocketmq/generations.ts";
import { makeHome } from "../rocketmq/home.ts";
import { jarsOf } from "../rocketmq/jars.ts";
import { jvmCommand } from "../rocketmq/jvm.ts";
import { logbackFiles } from "../rocketmq/logback.ts";
import { inPackagesOf } from "../rocketmq/packages.ts";
import { runOrThrow } from "../rocketmq/run.ts";

const sources = fileURLToPath(new URL("java", import.meta.url));
const timeoutMillis = 120_000;

/** The folders of `java/` that are compiled together: what all share, then what a generation spells its own way. */
const foldersOf: Readonly<Record<Generation, readonly string[]>> = {
  "3.2.6": ["common", "dialect", "frames", "3.2.6"],
  "4.9.7": ["common", "dialect", "frames", "apache", "4.9.7"],
  "5.5.0": ["common", "dialect", "frames", "apache", "5.5.0"],
};

/**
 * Runs one of our Java programs against the jars of a generation and resolves to what it printed. Rejects when it does
 * not compile or fails.
 */
export async function runProgram(generation: Generation, main: "Dialect" | "Frames"): Promise<string> {
  const [jars, classes] = await Promise.all([jarsOf(generation), classesOf(generation)]);
  const home = await makeHome(logbackFiles(generation, "errors-to-stderr"));
  try {
    const { command, env } = jvmCommand({
      generation,
      home,
      classPath: [classes, `${jars}/*`],
      main,
      args: [generation],
      memoryFlags: ["-Xmx256m"],
      // 3.2.6 encodes a body in the charset of the machine.
      systemProperties: { "file.encoding": "UTF-8" },
    });
    const output = await runOrThrow(`run ${main} of ${generation}`, command, { cwd: home.folder, env, timeoutMillis });
    return output.stdout;
  } finally {
    await home.remove();
  }
}

async function classesOf(generation: Generation): Promise<string> {
  const jars = await jarsOf(generation);
  const files = await sourcesOf(generation);
  return cachedFolder(`${generation}/golden-${stampOf(jars, ...files.flat())}`, async (folder) => {
    const paths: string[] = [];
    for (const [name, text] of files) {
      await Bun.write(`${folder}/${name}`, text);
      paths.push(`${folder}/${name}`);
    }
    await runOrThrow(
      `compile the golden programs for ${generation}`,
      ["javac", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-cp", `${jars}/*`, "-d", folder, ...paths],
      { timeoutMillis },
    );
  });
}

async function sourcesOf(generation: Generation): Promise<[name: string, text: string][]> {
  const files: [string, string][] = [];
  for (const folder of foldersOf[generation]) {
    for (const name of (await readdir(`${sources}/${folder}`)).sort()) {
      files.push([name, inPackagesOf(generation, await Bun.file(`${sources}/${folder}/${name}`).text())]);
    }
  }
  return files;
}
