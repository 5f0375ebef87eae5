import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with one bundle, to be removed after use. */
export interface Bundle {
  readonly folder: string;
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** Bundles an entry of test/contract/runtimes as plain JavaScript, for runtimes that do not take TypeScript. */
export async function bundle(entry: string, target: "node" | "browser"): Promise<Bundle> {
  const { outputs } = await Bun.build({
    entrypoints: [`${import.meta.dir}/runtimes/${entry}`],
    target,
    external: ["cloudflare:*", "node:*"],
  });
  const folder = await mkdtemp(join(tmpdir(), "rocketmq-gateway-"));
  const file = join(folder, "bundle.mjs");
  for (const output of outputs) await Bun.write(file, output);
  return { folder, file, remove: () => rm(folder, { recursive: true, force: true }) };
}
