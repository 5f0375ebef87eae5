import { type Generation, rowOf } from "./generations.ts";
import type { Home } from "./home.ts";

export interface JvmPlan {
  readonly generation: Generation;
  readonly home: Home;
  /** Folders of classes, and `folder/*` for folders of jars. */
  readonly classPath: readonly string[];
  /** Full name of the class to run. */
  readonly main: string;
  readonly args: readonly string[];
  /** `-X…` flags. */
  readonly memoryFlags: readonly string[];
  readonly systemProperties?: Readonly<Record<string, string>>;
}

// For processes that live for seconds or minutes on few cores: no time goes into compiling for the long run, nor
// into a parallel collector, and nothing is written outside the home.
const quickFlags = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"];

/** The command line and the environment of a Java process that keeps everything it writes in its home. */
export function jvmCommand(plan: JvmPlan): { command: string[]; env: Record<string, string> } {
  const { home } = plan;
  const properties = {
    "user.home": "{folder}",
    "java.io.tmpdir": "{folder}",
    "rocketmq.log.root": "{folder}",
    ...plan.systemProperties,
  };
  return {
    command: [
      "java",
      ...quickFlags,
      ...plan.memoryFlags,
      ...rowOf(plan.generation).jvmFlags.map(home.fill),
      ...Object.entries(properties).map(([name, value]) => `-D${name}=${home.fill(value)}`),
      "-cp",
      plan.classPath.join(":"),
      plan.main,
      ...plan.args,
    ],
    env: { ROCKETMQ_HOME: home.folder },
  };
}
