import type { Results, SummaryRow } from "./results.ts";

/** What is aimed at. Every one compares figures of the same run, or is an absolute bound of a single process. */
interface Aim {
  readonly what: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  of(results: Results): number;
}

const MEBI = 1_048_576;

function summary({ summary }: Results, subject: string, concurrency: number): Partial<SummaryRow> {
  return summary.find((row) => row.subject === subject && row.concurrency === concurrency) ?? {};
}

const decodeRatio = (prefix: string) => (results: Results) =>
  Math.min(...results.decoding.filter(({ name }) => name.startsWith(prefix)).map(({ ratio }) => ratio));

const aims: readonly Aim[] = [
  {
    what: "http / raw, calls/s at 256",
    atLeast: 0.35,
    of: (results) => summary(results, "http", 256).toRaw ?? Number.NaN,
  },
  { what: "http / raw, p50 at 1", atMost: 2, of: (results) => summary(results, "http", 1).p50ToRaw ?? Number.NaN },
  { what: "header decoding, Java's time / ours, worst case", atLeast: 1.5, of: decodeRatio("header-") },
  { what: "route body decoding, Java's time / ours, worst case", atLeast: 1, of: decodeRatio("body-route-") },
  {
    what: "http, start to first answer, ms",
    atMost: 150,
    of: ({ firstAnswerMillis }) => firstAnswerMillis.http ?? Number.NaN,
  },
  { what: "http, peak memory, MiB", atMost: 90, of: ({ peakBytes }) => (peakBytes.http ?? Number.NaN) / MEBI },
  { what: "idle HTTP connection, used once, KiB", atMost: 4, of: ({ idle }) => idle.usedBytes / 1_024 },
];

/** Each aim with what was measured and whether that meets it, as rows of a table. */
export function judged(results: Results): string[][] {
  return aims.map((aim) => {
    const value = aim.of(results);
    const bound = aim.atLeast === undefined ? `<= ${aim.atMost}` : `>= ${aim.atLeast}`;
    const isMet = aim.atLeast === undefined ? value <= (aim.atMost ?? Number.NaN) : value >= aim.atLeast;
    return [aim.what, bound, value.toFixed(2), isMet ? "met" : "missed"];
  });
}
