import { basename } from "node:path";
import { cachedFolder, stampOf } from "./cache.ts";
import { type Generation, rowOf } from "./generations.ts";
import { makeHome } from "./home.ts";
import { jarsOf } from "./jars.ts";
import { jvmCommand } from "./jvm.ts";
import { logbackFiles } from "./logback.ts";
import { type Output, run, runOrThrow } from "./run.ts";

const compileTimeoutMillis = 120_000;

export interface JavaOptions {
  readonly stdin?: string;
  readonly systemProperties?: Readonly<Record<string, string>>;
  /** Files to put into its home by relative path. `{folder}` stands for the home, here and in system properties. */
  readonly files?: Readonly<Record<string, string>>;
  /** Default one minute; the program is killed then. */
  readonly timeoutMillis?: number;
}

/**
 * Compiles (once) and runs a Java program of one source file in the default package against a generation's jars. The
 * source is written for the package `org.apache.rocketmq`; for an older generation its name is replaced. A program
 * that fails is a result; one that does not compile is a rejection.
 */
export async function runJava(
  generation: Generation,
  sourceFile: string,
  args: readonly string[] = [],
  options: JavaOptions = {},
): Promise<Output> {
  const [jars, classes] = await Promise.all([jarsOf(generation), classesOf(generation, sourceFile)]);
  const home = await makeHome({ ...logbackFiles(generation, "errors-to-stderr"), ...options.files });
  try {
    const { command, env } = jvmCommand({
      generation,
      home,
      classPath: [classes, `${jars}/*`],
      main: basename(sourceFile, ".java"),
      args,
      memoryFlags: ["-Xmx256m"],
      systemProperties: options.systemProperties,
    });
    return await run(command, {
      cwd: home.folder,
      env,
      stdin: options.stdin,
      timeoutMillis: options.timeoutMillis ?? 60_000,
    });
  } finally {
    await home.remove();
  }
}

async function classesOf(generation: Generation, sourceFile: string): Promise<string> {
  const jars = await jarsOf(generation);
  const name = basename(sourceFile, ".java");
  const source = (await Bun.file(sourceFile).text()).replaceAll("org.apache.rocketmq", rowOf(generation).package);
  return cachedFolder(`${generation}/classes-${name}-${stampOf(jars, source)}`, async (folder) => {
    const copy = `${folder}/${name}.java`;
    await Bun.write(copy, source);
    await runOrThrow(
      `compile ${name}.java for ${generation}`,
      ["javac", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-cp", `${jars}/*`, "-d", folder, copy],
      { timeoutMillis: compileTimeoutMillis },
    );
  });
}
