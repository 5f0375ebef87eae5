import { judged } from "./aims.ts";
import type { Results } from "./results.ts";
import { subjects } from "./subjects.ts";

/** Everything of a run as text for a terminal, and for a code block. */
export function report(results: Results): string {
  const { summary, firstAnswerMillis, peakBytes, decoding, idle, httpLoader, machine, loads } = results;
  const count = (value: number) => Math.round(value).toLocaleString("en-US");
  const fixed = (value: number, digits: number) => (Number.isNaN(value) ? "-" : value.toFixed(digits));
  const rows = summary.map((row) => {
    const coresOf = (micros: number) => (micros * row.callsPerSecond) / 1e6;
    return [
      row.subject,
      String(row.concurrency),
      count(row.callsPerSecond),
      `${count(row.slowestPerSecond)}-${count(row.fastestPerSecond)}`,
      count(row.p50Micros),
      count(row.p99Micros),
      fixed(row.cpuMicros, 1),
      fixed(row.nameServerCpuMicros, 1),
      fixed(row.loaderCpuMicros, 1),
      fixed(coresOf(row.cpuMicros), 2),
      fixed(coresOf(row.cpuMicros + row.nameServerCpuMicros + row.loaderCpuMicros), 2),
      fixed(row.toRaw, 2),
      fixed(row.toHello, 2),
      fixed(row.p50ToRaw, 2),
    ];
  });
  const titles = [
    "subject",
    "C",
    "calls/s",
    "range",
    "p50 us",
    "p99 us",
    "cpu us",
    "ns us",
    "load us",
    "cores",
    "all",
    "own cores",
    "all cores",
    "/raw",
    "/hello",
    "p50/raw",
  ];
  const averages = loads.map(({ before, after }) => `${fixed(before[0] ?? 0, 2)} to ${fixed(after[0] ?? 0, 2)}`);
  return [
    `${results.date}, ${results.command}, ${count(results.elapsedSeconds)} s`,
    `${machine.cores} cores ${machine.cpu}, ${count(machine.memoryBytes / 2 ** 30)} GiB, ${machine.kernel}`,
    Object.entries(results.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
    `load average of 1 minute around the rounds: ${averages.join(", ")}`,
    `HTTP load by ${httpLoader === "wrk" ? "wrk" : "a Bun process of our own"}; route body ${results.routeBodyBytes} bytes`,
    "",
    table(titles, rows),
    "",
    table(
      ["subject", "first answer ms", "peak MiB", "what"],
      subjects.map(({ name, what }) => [
        name,
        fixed(firstAnswerMillis[name] ?? Number.NaN, 0),
        fixed((peakBytes[name] ?? Number.NaN) / 2 ** 20, 0),
        what,
      ]),
    ),
    "",
    table(
      ["decoding", "bytes", "ours ns", "Java ns", "Java/ours"],
      decoding.map(({ name, bytes, ourNanos, javaNanos, ratio }) => [
        name,
        count(bytes),
        count(ourNanos),
        count(javaNanos),
        fixed(ratio, 2),
      ]),
    ),
    "",
    `idle HTTP connections: ${count(idle.connections)}, ${count(idle.unusedBytes)} bytes each unused, ${count(idle.usedBytes)} used once`,
    "",
    table(["aim", "bound", "measured", "verdict"], judged(results)),
  ].join("\n");
}

/** Columns as wide as their widest cell: the first to the left, the others to the right but for a last one of words. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(...[titles, ...rows].map((row) => row[column]?.length ?? title.length)),
  );
  const hasWords = (column: number) =>
    column === 0 || (column === titles.length - 1 && /what|verdict/.test(titles[column] ?? ""));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (hasWords(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [titles, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}
