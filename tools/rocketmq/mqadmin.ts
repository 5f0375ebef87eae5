import { fileURLToPath } from "node:url";
import type { Generation } from "./generations.ts";
import { type JavaOptions, runJava } from "./java.ts";
import type { Output } from "./run.ts";

export interface MqadminOptions extends JavaOptions {
  /** `host:port` of the name servers to ask, for the commands that take any. */
  readonly nameServers?: readonly string[];
}

/**
 * Runs a command of a generation's own administration tool, such as `["clusterList"]`. It takes about half a second.
 * Its exit code is 0 for most failures too: look at what it printed. For a broker that wants signatures, give
 * `files: { "conf/tools.yml": "accessKey: …\nsecretKey: …\n" }`.
 */
export function mqadmin(
  generation: Generation,
  args: readonly string[],
  options: MqadminOptions = {},
): Promise<Output> {
  const nameServers = options.nameServers === undefined ? [] : ["-n", options.nameServers.join(";")];
  const source = fileURLToPath(new URL("MqAdmin.java", import.meta.url));
  return runJava(generation, source, [...args, ...nameServers], options);
}
