import { createServer } from "node:net";

const taken = new Set<number>();
const attempts = 200;

/**
 * A TCP port that is free together with its neighbours at the given distances. Looked for below 32768, where systems
 * hand out no port by themselves, so that nobody's outgoing connection takes it before its server listens. No port is
 * returned twice in one process.
 */
export async function freePort(neighbours: readonly number[] = []): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    const all = [port, ...neighbours.map((distance) => port + distance)];
    if (all.some((one) => taken.has(one))) continue;
    if (!(await Promise.all(all.map(isFree))).every(Boolean)) continue;
    for (const one of all) taken.add(one);
    return port;
  }
  throw new Error(`Cannot find a free port: ${attempts} attempts failed`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
