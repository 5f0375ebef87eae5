import type { LoadResult } from "../load/load.ts";
import { cpuMicros } from "./proc.ts";
import { startBunWorker, type Worker } from "./worker.ts";

/** What makes HTTP load: wrk where it is on the PATH, which costs least, else a process of our own. */
export type HttpLoader =
  | { readonly name: "wrk"; readonly path: string }
  | { readonly name: "bun"; readonly worker: Worker };

type HttpLoadResult = LoadResult & { readonly loaderMicros: number };

export async function findHttpLoader(): Promise<HttpLoader> {
  const path = Bun.which("wrk");
  return path ? { name: "wrk", path } : { name: "bun", worker: await startBunWorker("http") };
}

/** Asks for a URL over so many keep-alive connections. Rejects on any answer but 200. */
export function loadHttp(
  loader: HttpLoader,
  url: string,
  concurrency: number,
  millis: number,
): Promise<HttpLoadResult> {
  return loader.name === "wrk"
    ? loadByWrk(loader.path, url, concurrency, millis)
    : loadByWorker(loader.worker, url, concurrency, millis);
}

async function loadByWorker(worker: Worker, url: string, concurrency: number, millis: number): Promise<HttpLoadResult> {
  const before = cpuMicros(worker.pid);
  const result = await worker.ask<LoadResult>(`${concurrency} ${millis} ${url}`);
  return { ...result, loaderMicros: cpuMicros(worker.pid) - before };
}

/** Its durations are whole seconds. */
const unitMicros: Readonly<Record<string, number>> = { us: 1, ms: 1_000, s: 1_000_000, m: 60_000_000 };

async function loadByWrk(path: string, url: string, concurrency: number, millis: number): Promise<HttpLoadResult> {
  const seconds = Math.max(1, Math.round(millis / 1_000));
  const child = Bun.spawn([path, "-t1", `-c${concurrency}`, `-d${seconds}s`, "--latency", url], { stdout: "pipe" });
  const text = await new Response(child.stdout).text();
  await child.exited;
  const [, calls, elapsed, unit = ""] = /(\d+) requests in ([\d.]+)(us|ms|s|m)\b/.exec(text) ?? [];
  if (calls === undefined || /Socket errors|Non-2xx/.test(text)) throw new Error(`Cannot measure ${url}: ${text}`);
  const quantile = (percent: number) => {
    const [, value, unit = ""] = new RegExp(`^ +${percent}% +([\\d.]+)(us|ms|s|m)$`, "m").exec(text) ?? [];
    return Number(value) * (unitMicros[unit] ?? Number.NaN);
  };
  return {
    calls: Number(calls),
    elapsedMillis: (Number(elapsed) * (unitMicros[unit] ?? Number.NaN)) / 1_000,
    p50Micros: quantile(50),
    p99Micros: quantile(99),
    loaderMicros: Number(child.resourceUsage()?.cpuTime.total ?? 0),
  };
}
