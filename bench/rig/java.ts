import { cachedFolder, stampOf } from "../../tools/rocketmq/cache.ts";
import type { Generation } from "../../tools/rocketmq/generations.ts";
import { makeHome } from "../../tools/rocketmq/home.ts";
import { jarsOf } from "../../tools/rocketmq/jars.ts";
import { jvmCommand } from "../../tools/rocketmq/jvm.ts";
import { logbackFiles } from "../../tools/rocketmq/logback.ts";
import { inPackagesOf } from "../../tools/rocketmq/packages.ts";
import { runOrThrow } from "../../tools/rocketmq/run.ts";
import { startWorker, type Worker } from "./worker.ts";

/** The release whose name server and client are measured. */
export const GENERATION: Generation = "5.5.0";

/** What undoes the rig's habit of compiling for a short life: a JVM as users run it, in bounded memory. */
export const longLifeFlags = ["-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-Xms256m", "-Xmx256m"];

const compileTimeoutMillis = 120_000;

/** Compiles (once) and starts a worker written in Java, by the name of its class, with the libraries of a generation. */
export async function startJavaWorker(
  name: string,
  args: readonly string[],
  generation: Generation = GENERATION,
): Promise<Worker> {
  const [jars, classes] = await Promise.all([jarsOf(generation), classesOf(name, generation)]);
  const home = await makeHome(logbackFiles(generation, "errors-to-stderr"));
  const { command, env } = jvmCommand({
    generation,
    home,
    classPath: [classes, `${jars}/*`],
    main: name,
    args,
    memoryFlags: longLifeFlags,
  });
  const worker = await startWorker(command, { cwd: home.folder, env });
  return {
    ...worker,
    async stop() {
      await worker.stop();
      await home.remove();
    },
  };
}

async function classesOf(name: string, generation: Generation): Promise<string> {
  const jars = await jarsOf(generation);
  const text = inPackagesOf(generation, await Bun.file(`${import.meta.dir}/../java/${name}.java`).text());
  return cachedFolder(`${generation}/classes-${name}-${stampOf(jars, text)}`, async (folder) => {
    const file = `${folder}/${name}.java`;
    await Bun.write(file, text);
    await runOrThrow(
      `compile ${name}.java for ${generation}`,
      ["javac", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-cp", `${jars}/*`, "-d", folder, file],
      { timeoutMillis: compileTimeoutMillis },
    );
  });
}
