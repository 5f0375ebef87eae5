import { cachedFolder, stampOf } from "../../tools/rocketmq/cache.ts";
import { makeHome } from "../../tools/rocketmq/home.ts";
import { jarsOf } from "../../tools/rocketmq/jars.ts";
import { jvmCommand } from "../../tools/rocketmq/jvm.ts";
import { logbackFiles } from "../../tools/rocketmq/logback.ts";
import { runOrThrow } from "../../tools/rocketmq/run.ts";
import { startWorker, type Worker } from "./worker.ts";

/** The release whose name server, client and decoders are measured. */
export const GENERATION = "5.5.0";

/** What undoes the rig's habit of compiling for a short life: a JVM as users run it, in bounded memory. */
export const longLifeFlags = ["-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-Xms256m", "-Xmx256m"];

const compileTimeoutMillis = 120_000;

/** Compiles (once) and starts a worker written in Java, by the name of its class. */
export async function startJavaWorker(name: string, ...args: readonly string[]): Promise<Worker> {
  const [jars, classes] = await Promise.all([jarsOf(GENERATION), classesOf(name)]);
  const home = await makeHome(logbackFiles(GENERATION, "errors-to-stderr"));
  const { command, env } = jvmCommand({
    generation: GENERATION,
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

async function classesOf(name: string): Promise<string> {
  const jars = await jarsOf(GENERATION);
  const file = `${import.meta.dir}/../java/${name}.java`;
  const stamp = stampOf(jars, await Bun.file(file).text());
  return cachedFolder(`${GENERATION}/classes-${name}-${stamp}`, async (folder) => {
    await runOrThrow(
      `compile ${name}.java`,
      ["javac", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-cp", `${jars}/*`, "-d", folder, file],
      { timeoutMillis: compileTimeoutMillis },
    );
  });
}
