/** `bun bench/run.ts [--quick]`: measures, prints and writes bench/results.json. See README.md. */
import { cpus, release, totalmem } from "node:os";
import { decodeFrame } from "../src/wire/frame.ts";
import { V5_5_0 } from "../src/wire/versions.ts";
import { measureDecoding } from "./decode.ts";
import { decodeCases } from "./decode-cases.ts";
import { measureIdle, possibleConnections } from "./idle.ts";
import { measureRounds, peaksOf } from "./measure.ts";
import { full, type Plan, quick } from "./plan.ts";
import { report } from "./report.ts";
import { type Results, summarize } from "./results.ts";
import { routeAnswer } from "./rig/exchange.ts";
import { findHttpLoader, type HttpLoader } from "./rig/http-loader.ts";
import { GENERATION } from "./rig/java.ts";
import { type BenchNameServer, startBenchNameServer, TOPIC } from "./rig/name-server.ts";
import { measureStarts } from "./starts.ts";
import { type Running, subjects } from "./subjects.ts";

const args = process.argv.slice(2);
const unknown = args.find((arg) => arg !== "--quick");
if (unknown !== undefined) {
  console.error(`Cannot run: unknown argument ${unknown}; usage: bun bench/run.ts [--quick]`);
  process.exit(2);
}

const nameServer = await startBenchNameServer();
try {
  const loader = await findHttpLoader();
  const results = await measureAll(args.includes("--quick") ? quick : full, nameServer, loader);
  await Bun.write(`${import.meta.dir}/results.json`, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${report(results)}`);
  if (loader.name === "bun") await loader.worker.stop();
} finally {
  await nameServer.stop();
}
process.exit(0);

async function measureAll(plan: Plan, nameServer: BenchNameServer, loader: HttpLoader): Promise<Results> {
  const startedAt = performance.now();
  const cases = await decodeCases(nameServer.address);
  const answer = decodeFrame(await routeAnswer(nameServer.address, TOPIC, V5_5_0));
  await nameServer.dropWideTopic();
  const { cells, loads, peakBytes } = await measureLoads(plan, nameServer, loader);
  const firstAnswerMillis = await measureStarts(plan.launches, nameServer.address, loader);
  const decoding = await measureDecoding(cases, plan);
  const idle = await measureIdle(possibleConnections(plan.idleConnections), nameServer.address);
  return {
    date: new Date().toISOString().slice(0, 16),
    command: ["bun", "bench/run.ts", ...args].join(" "),
    machine: {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      memoryBytes: totalmem(),
      kernel: `Linux ${release()}`,
    },
    versions: { bun: Bun.version, "Apache RocketMQ": GENERATION, java: javaVersion() },
    httpLoader: loader.name,
    routeBodyBytes: answer.command.body?.length ?? 0,
    loads,
    cells,
    summary: summarize(cells),
    firstAnswerMillis,
    peakBytes,
    decoding,
    idle,
    elapsedSeconds: (performance.now() - startedAt) / 1_000,
  };
}

async function measureLoads(plan: Plan, nameServer: BenchNameServer, loader: HttpLoader) {
  const running = new Map<string, Running>();
  try {
    for (const { name, start } of subjects) running.set(name, await start(nameServer.address, loader));
    const measured = { nameServerPid: nameServer.pid, running };
    const rounds = await measureRounds(plan, measured, console.log);
    return { ...rounds, peakBytes: peaksOf(measured) };
  } finally {
    await Promise.all([...running.values()].map(({ stop }) => stop()));
  }
}

function javaVersion(): string {
  const { stderr } = Bun.spawnSync(["java", "-version"], { stderr: "pipe" });
  return /version "([^"]+)"/.exec(stderr.toString())?.[1] ?? "unknown";
}
