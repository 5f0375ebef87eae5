import { memoryOf } from "./rig/proc.ts";
import { startBunWorker } from "./rig/worker.ts";
import { gateway } from "./subjects.ts";

/** What idle HTTP connections cost the gateway's process, in bytes each. */
export interface IdleCost {
  readonly connections: number;
  /** Of connections that were opened and never used. */
  readonly unusedBytes: number;
  /** Of connections that have had one answer. */
  readonly usedBytes: number;
}

/** Open files of a process besides its connections. */
const OTHER_FILES = 500;
/** What is opened before the counting begins, as a part of what is counted. */
const FIRST_PART = 0.1;
const SETTLE_MILLIS = 1_000;

/** How many connections the limit of open files (ulimit -n) leaves room for, as many as wanted at most. */
export function possibleConnections(wanted: number): number {
  const { stdout } = Bun.spawnSync(["sh", "-c", "ulimit -n"]);
  const text = stdout.toString().trim();
  return text === "unlimited" ? wanted : Math.min(wanted, Math.floor((Number(text) - OTHER_FILES) / (1 + FIRST_PART)));
}

/**
 * Opens connections to a gateway of its own and compares its memory. The first connections are not counted: they make
 * the process load what it needs for any.
 */
export async function measureIdle(count: number, nameServer: string): Promise<IdleCost> {
  const { url, pid, kill9 } = await gateway({})(nameServer);
  const idle = await startBunWorker("idle");
  try {
    const first = Math.ceil(count * FIRST_PART);
    const residentAt = async (line: string) => {
      await idle.ask(line);
      await Bun.sleep(SETTLE_MILLIS);
      return memoryOf(pid).residentBytes;
    };
    const openTo = (total: number) => residentAt(`open ${total} ${url}/healthz`);
    await openTo(first);
    const before = await residentAt("use");
    const unused = await openTo(first + count);
    const used = await residentAt("use");
    return { connections: count, unusedBytes: (unused - before) / count, usedBytes: (used - before) / count };
  } finally {
    await idle.stop();
    await kill9();
  }
}
