import { type Generation, generationNames } from "../tools/rocketmq/generations.ts";
import type { Results, SummaryRow } from "./results.ts";

/** What is aimed at: a ratio of figures of the same run, or a bound on one process. */
interface Aim {
  readonly what: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What was measured; NaN where that is missing. */
  of(results: Results): number;
}

const MEBIBYTE = 2 ** 20;
const KIBIBYTE = 2 ** 10;

const aims: readonly Aim[] = [
  { what: "http / raw, calls/s at 256", atLeast: 0.35, of: summarized("http", 256, "toRaw") },
  { what: "shared / hello, calls/s at 256", atLeast: 0.65, of: summarized("shared", 256, "toHello") },
  { what: "cached / hello, calls/s at 256", atLeast: 0.85, of: summarized("cached", 256, "toHello") },
  { what: "http / raw, p50 at 1", atMost: 2, of: summarized("http", 1, "p50ToRaw") },
  ...generationNames.flatMap((generation): Aim[] => [
    {
      what: `header decoding, time of ${generation} / ours, worst case`,
      atLeast: 1.5,
      of: decoding(generation, "header-"),
    },
    {
      what: `route body decoding, time of ${generation} / ours, worst case`,
      atLeast: 1,
      of: decoding(generation, "body-route-"),
    },
  ]),
  { what: "http, start to first answer, ms", atMost: 150, of: (run) => run.firstAnswerMillis.http ?? Number.NaN },
  { what: "http, peak memory, MiB", atMost: 90, of: (run) => (run.peakBytes.http ?? Number.NaN) / MEBIBYTE },
  { what: "idle HTTP connection, once used, KiB", atMost: 4, of: ({ idle }) => idle.usedBytes / KIBIBYTE },
];

function summarized(subject: string, concurrency: number, name: keyof SummaryRow) {
  return ({ summary }: Results) => {
    const row = summary.find((each) => each.subject === subject && each.concurrency === concurrency);
    return Number(row?.[name] ?? Number.NaN);
  };
}

function decoding(of: Generation, prefix: string) {
  return (results: Results) => {
    const rows = results.decoding.filter(({ generation, name }) => generation === of && name.startsWith(prefix));
    return Math.min(...rows.map(({ ratio }) => ratio));
  };
}

/** Each aim with what was measured. */
export function judged(results: Results) {
  return aims.map(({ what, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY, of }) => {
    const value = of(results);
    const bound = Number.isFinite(atLeast) ? `>= ${atLeast}` : `<= ${atMost}`;
    return { what, bound, value, isMet: value >= atLeast && value <= atMost };
  });
}
