import type { Done } from "../../tools/coverage/proved.ts";

const TIMEOUT_MILLIS = 2_000;

/**
 * Where COVERAGE_DIR names a folder, keeps there what the gateway has counted, for `npm run coverage`. A gateway that is
 * dead by now, or has no name server, has nothing to tell.
 */
export async function recordCoverage(url: string): Promise<void> {
  const folder = process.env.COVERAGE_DIR;
  if (!folder) return;
  const signal = AbortSignal.timeout(TIMEOUT_MILLIS);
  try {
    const answer = await fetch(`${url}/name-servers`, { signal });
    const { data } = (await answer.json()) as { data: { version: number | null }[] };
    const metrics = await (await fetch(`${url}/metrics`, { signal })).text();
    const version = data.find((each) => each.version !== null)?.version;
    if (version === undefined || version === null) return;
    const done: Done = { version, metrics };
    await Bun.write(`${folder}/${crypto.randomUUID()}.json`, JSON.stringify(done));
  } catch {
    // Killed or held on purpose, it answers no more.
  }
}
