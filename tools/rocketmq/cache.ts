import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../.cache/rocketmq", import.meta.url));
const pending = new Map<string, Promise<string>>();

/** A short digest of everything that a cached folder was made from. */
export function stampOf(...sources: readonly string[]): string {
  return new Bun.CryptoHasher("sha256").update(sources.join("\0")).digest("hex").slice(0, 12);
}

/**
 * The path of a folder under `.cache/rocketmq`, filled by `make` when it is not there yet. Its name must hold a stamp
 * of what it is made from, so that it never changes once it exists. Several processes may ask at once: each fills a
 * folder of its own beside the final one, the first to rename wins and the others take what it made.
 */
export function cachedFolder(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const known = pending.get(name);
  if (known !== undefined) return known;
  const making = makeOnce(`${root}/${name}`, make);
  pending.set(name, making);
  // A failure, such as a registry out of reach for a moment, may be tried again.
  making.catch(() => pending.delete(name));
  return making;
}

async function makeOnce(final: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (existsSync(final)) return final;
  await mkdir(dirname(final), { recursive: true });
  const own = await mkdtemp(`${final}.`);
  try {
    await make(own);
    await rename(own, final).catch((error: unknown) => {
      if (!existsSync(final)) throw error;
    });
    return final;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
