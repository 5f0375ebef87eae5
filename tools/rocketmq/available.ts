/** Whether the real Apache RocketMQ can be run here; if not, why. */
export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };

const oldestJava = 17;

/**
 * Looks for what the rig needs: a JDK of version 17 or newer and Maven. Under `CI=true` nothing may be skipped, so
 * there a missing tool is an error.
 */
export function realRocketmq(env: Readonly<Record<string, string | undefined>> = process.env): Availability {
  const reason = whatIsMissing(env.PATH ?? "");
  if (reason === undefined) return { available: true };
  if (env.CI === "true") throw new Error(`Cannot run Apache RocketMQ: ${reason}`);
  return { available: false, reason };
}

function whatIsMissing(PATH: string): string | undefined {
  const missing = ["sh", "java", "javac", "mvn"].find((tool) => Bun.which(tool, { PATH }) === null);
  if (missing !== undefined) return `no ${missing} on the PATH`;
  const major = javaMajorVersion(PATH);
  return major >= oldestJava ? undefined : `java is version ${major}, not ${oldestJava} or newer`;
}

/** 17 of `openjdk version "17.0.15" 2025-04-15`; 1 for the `1.8.0` of old. 0 when it does not say. */
function javaMajorVersion(PATH: string): number {
  const { stderr } = Bun.spawnSync(["java", "-version"], { env: { PATH }, stdout: "ignore", stderr: "pipe" });
  return Number(/version "(\d+)/.exec(stderr.toString())?.[1] ?? 0);
}
