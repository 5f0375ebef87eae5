import { judged } from "./aims.ts";
import { type Cell, MAX_OTHER_CORES } from "./cell.ts";
import type { Results, SummaryRow } from "./results.ts";
import { medianOf } from "./statistics.ts";
import { subjects } from "./subjects.ts";
import { fixed, table, whole } from "./table.ts";

/** Everything of a run as text, for a terminal and for a code block. */
export function report(results: Results): string {
  const { idle } = results;
  return [
    circumstances(results),
    loads(results),
    loaderVerdict(results),
    processes(results),
    decoding(results),
    `${whole(idle.connections)} idle HTTP connections: ${whole(idle.unusedBytes)} bytes each unused, ${whole(idle.usedBytes)} once used`,
    aims(results),
  ].join("\n\n");
}

function circumstances({ date, command, elapsedSeconds, machine, versions, loads, cells, ...rest }: Results): string {
  const { cores, cpu, memoryBytes, kernel } = machine;
  const averages = loads.map(({ before, after }) => `${fixed(before[0] ?? 0, 2)} to ${fixed(after[0] ?? 0, 2)}`);
  const others = loads.map(({ round }) => medianOf(cells.filter((cell) => cell.round === round).map(otherCoresOf)));
  const disturbed = cells.filter(({ otherCores }) => otherCores > MAX_OTHER_CORES);
  return [
    `${date} UTC, ${command}, ${whole(elapsedSeconds)} s`,
    `${cores} cores ${cpu}, ${whole(memoryBytes / 2 ** 30)} GiB, ${kernel}`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
    `load average of 1 minute, before and after each round: ${averages.join(", ")}`,
    `cores that other processes used, median of each round: ${others.map((cores) => fixed(cores, 2)).join(", ")}`,
    `measurements during which that was more than ${MAX_OTHER_CORES}: ${disturbed.length} of ${cells.length}`,
    `HTTP load by ${rest.httpLoader === "wrk" ? "wrk" : "a Bun process of our own"}; route body of ${rest.routeBodyBytes} bytes`,
  ].join("\n");
}

const otherCoresOf = ({ otherCores }: Cell) => otherCores;

/** CPU time a second, as a number of cores. */
function coresOf(row: SummaryRow, ...micros: readonly number[]): string {
  return fixed((micros.reduce((sum, each) => sum + each, 0) * row.callsPerSecond) / 1e6, 2);
}

function loads({ summary }: Results): string {
  return table<SummaryRow>(
    [
      ["subject", (row) => row.subject],
      ["C", (row) => String(row.concurrency)],
      ["calls/s", (row) => whole(row.callsPerSecond)],
      ["slowest", (row) => whole(row.slowestPerSecond)],
      ["fastest", (row) => whole(row.fastestPerSecond)],
      ["p50 us", (row) => whole(row.p50Micros)],
      ["p99 us", (row) => whole(row.p99Micros)],
      ["cpu us", (row) => fixed(row.cpuMicros, 1)],
      ["ns us", (row) => fixed(row.nameServerCpuMicros, 1)],
      ["load us", (row) => fixed(row.loaderCpuMicros, 1)],
      ["cores", (row) => coresOf(row, row.cpuMicros)],
      ["all cores", (row) => coresOf(row, row.cpuMicros, row.nameServerCpuMicros, row.loaderCpuMicros)],
      ["others", (row) => fixed(row.otherCores, 2)],
      ["/raw", (row) => fixed(row.toRaw, 2)],
      ["/hello", (row) => fixed(row.toHello, 2)],
      ["p50/raw", (row) => fixed(row.p50ToRaw, 2)],
    ],
    summary,
    ["subject"],
  );
}

/** What the loader could do at most, beside what it had to do. */
function loaderVerdict({ summary }: Results): string {
  const limits = summary.filter(({ subject }) => subject === "constant");
  const each = limits.map(({ concurrency, callsPerSecond }) => {
    const of = (name: string) => {
      const row = summary.find((other) => other.subject === name && other.concurrency === concurrency);
      return fixed(callsPerSecond / (row?.callsPerSecond ?? Number.NaN), 1);
    };
    return `at ${concurrency} ${of("http")} times http and ${of("hello")} times hello`;
  });
  return `the HTTP loader has brought out of a bare server: ${each.join("; ")}`;
}

function processes({ firstAnswerMillis, peakBytes }: Results): string {
  return table(
    [
      ["subject", ({ name }) => name],
      ["first answer ms", ({ name }) => fixed(firstAnswerMillis[name] ?? Number.NaN, 0)],
      ["peak MiB", ({ name }) => fixed((peakBytes[name] ?? Number.NaN) / 2 ** 20, 0)],
      ["what", ({ what }) => what],
    ],
    subjects,
    ["subject", "what"],
  );
}

function decoding(results: Results): string {
  return table(
    [
      ["decoding", ({ name }) => name],
      ["Java of", ({ generation }) => generation],
      ["bytes", ({ bytes }) => whole(bytes)],
      ["ours ns", ({ ourNanos }) => whole(ourNanos)],
      ["Java ns", ({ javaNanos }) => whole(javaNanos)],
      ["Java/ours", ({ ratio }) => fixed(ratio, 2)],
    ],
    results.decoding,
    ["decoding", "Java of"],
  );
}

function aims(results: Results): string {
  return table(
    [
      ["aim", ({ what }) => what],
      ["bound", ({ bound }) => bound],
      ["measured", ({ value }) => fixed(value, 2)],
      ["verdict", ({ isMet }) => (isMet ? "met" : "missed")],
    ],
    judged(results),
    ["aim", "verdict"],
  );
}
