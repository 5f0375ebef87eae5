import { type Generation, rowOf } from "./generations.ts";

/**
 * A Java source for another generation. It names classes where 5.5.0 has them; the protocol's own moved from `common` to
 * `remoting` in 5.x.
 */
export function inPackagesOf(generation: Generation, source: string): string {
  if (generation === "5.5.0") return source;
  return source
    .replace(/rocketmq\.remoting\.protocol\.(body|header|route)\./g, "rocketmq.common.protocol.$1.")
    .replace(/rocketmq\.remoting\.protocol\.DataVersion/g, "rocketmq.common.DataVersion")
    .replaceAll("org.apache.rocketmq", rowOf(generation).package);
}
