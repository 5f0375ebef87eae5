import type { Cell } from "./cell.ts";
import type { DecodeRow } from "./decode.ts";
import type { IdleCost } from "./idle.ts";
import type { RoundLoad } from "./measure.ts";
import { medianOf, rangeOf } from "./statistics.ts";

/** All that a run measured, as bench/results.json keeps it. */
export interface Results {
  readonly date: string;
  readonly command: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly kernel: string;
  };
  readonly versions: Readonly<Record<string, string>>;
  /** `wrk`, or `bun` for the one of our own. */
  readonly httpLoader: string;
  readonly routeBodyBytes: number;
  readonly loads: readonly RoundLoad[];
  readonly cells: readonly Cell[];
  readonly summary: readonly SummaryRow[];
  /** Milliseconds by subject. */
  readonly firstAnswerMillis: Readonly<Record<string, number>>;
  /** Bytes by subject. */
  readonly peakBytes: Readonly<Record<string, number>>;
  readonly decoding: readonly DecodeRow[];
  readonly idle: IdleCost;
  readonly elapsedSeconds: number;
}

/** One subject at one concurrency: medians of its rounds. */
export interface SummaryRow extends Omit<Cell, "round"> {
  readonly slowestPerSecond: number;
  readonly fastestPerSecond: number;
  /** Medians of the ratios of each round, throughput and p50 against those of `raw` and `hello`. */
  readonly toRaw: number;
  readonly toHello: number;
  readonly p50ToRaw: number;
}

const medianFields = [
  "callsPerSecond",
  "p50Micros",
  "p99Micros",
  "cpuMicros",
  "nameServerCpuMicros",
  "loaderCpuMicros",
  "otherCores",
] as const;

/** Medians over the rounds, in the order of the cells' first appearance by subject. */
export function summarize(cells: readonly Cell[]): SummaryRow[] {
  const groups = Map.groupBy(cells, ({ subject, concurrency }) => `${subject} ${concurrency}`);
  return [...groups.values()].map((own) => {
    const { subject, concurrency } = own[0] as Cell;
    const median = (name: (typeof medianFields)[number]) => medianOf(own.map((cell) => cell[name]));
    const ratio = (to: string, name: (typeof medianFields)[number]) => {
      const others = groups.get(`${to} ${concurrency}`) ?? [];
      return medianOf(
        own.map((cell) => cell[name] / (others.find(({ round }) => round === cell.round)?.[name] ?? Number.NaN)),
      );
    };
    const [slowestPerSecond, fastestPerSecond] = rangeOf(own.map(({ callsPerSecond }) => callsPerSecond));
    return {
      subject,
      concurrency,
      callsPerSecond: median("callsPerSecond"),
      slowestPerSecond,
      fastestPerSecond,
      p50Micros: median("p50Micros"),
      p99Micros: median("p99Micros"),
      cpuMicros: median("cpuMicros"),
      nameServerCpuMicros: median("nameServerCpuMicros"),
      loaderCpuMicros: median("loaderCpuMicros"),
      otherCores: median("otherCores"),
      toRaw: ratio("raw", "callsPerSecond"),
      toHello: ratio("hello", "callsPerSecond"),
      p50ToRaw: ratio("raw", "p50Micros"),
    };
  });
}
