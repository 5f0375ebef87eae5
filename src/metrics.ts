/**
 * Counters, gauges and histograms, and their text for Prometheus (exposition format 0.0.4). Of our own, since the
 * packages for it want Node's modules, which a worker doesn't have, and all that is needed fits in this file.
 */

/** One figure of a metric. */
interface Sample {
  /** What follows the name of the metric, such as `_count`. */
  readonly suffix: string;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number;
}

/** A metric with all its figures. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
}

/** Counts, apart for every combination of label values. */
export interface Counter {
  /** One more; a value for each label, in the order of their names. Values must be of a bounded set. */
  count(...values: string[]): void;
  family(): Family;
}

/** Counts observations by size, apart for every combination of label values. */
export interface Histogram {
  observe(value: number, ...values: string[]): void;
  family(): Family;
}

interface Series<T> {
  readonly labels: Sample["labels"];
  readonly state: T;
}

/** The series below some label values: by the next one, or the one itself. */
interface Branch<T> {
  readonly by: Map<string, Branch<T>>;
  series?: Series<T>;
}

/** What is kept for each combination of label values. */
function seriesBy<T>(names: readonly string[], create: () => T) {
  const all: Series<T>[] = [];
  const root: Branch<T> = { by: new Map() };

  function seriesOf(values: readonly string[]): Series<T> {
    const series = { labels: names.map((name, index) => [name, values[index] ?? ""] as const), state: create() };
    all.push(series);
    return series;
  }

  return {
    all,
    // One step a label costs less than a key joined of them.
    of(values: readonly string[]): T {
      let branch = root;
      for (const value of values) {
        let next = branch.by.get(value);
        if (next === undefined) {
          next = { by: new Map() };
          branch.by.set(value, next);
        }
        branch = next;
      }
      branch.series ??= seriesOf(values);
      return branch.series.state;
    },
  };
}

/** A counter with these labels. */
export function createCounter(name: string, help: string, labels: readonly string[]): Counter {
  const series = seriesBy(labels, () => ({ value: 0 }));
  return {
    count(...values) {
      series.of(values).value++;
    },
    family() {
      const samples = series.all.map(({ labels, state }) => ({ suffix: "", labels, value: state.value }));
      return { name, help, type: "counter", samples };
    },
  };
}

/** A histogram with these labels; `bounds` are the upper bounds of its buckets, ascending, each inclusive. */
export function createHistogram(
  name: string,
  help: string,
  labels: readonly string[],
  bounds: readonly number[],
): Histogram {
  // The last bucket takes what is above every bound.
  const series = seriesBy(labels, () => ({ buckets: new Float64Array(bounds.length + 1), sum: 0 }));
  const limits = [...bounds, Number.POSITIVE_INFINITY];

  function samplesOf({ labels, state: { buckets, sum } }: Series<{ buckets: Float64Array; sum: number }>): Sample[] {
    let count = 0;
    const cumulated = limits.map((limit, index): Sample => {
      count += buckets[index] ?? 0;
      return { suffix: "_bucket", labels: [...labels, ["le", numberText(limit)]], value: count };
    });
    return [...cumulated, { suffix: "_sum", labels, value: sum }, { suffix: "_count", labels, value: count }];
  }

  return {
    observe(value, ...values) {
      const state = series.of(values);
      let at = 0;
      while (at < bounds.length && value > (bounds[at] as number)) at++;
      state.buckets[at] = (state.buckets[at] ?? 0) + 1;
      state.sum += value;
    },
    family: () => ({ name, help, type: "histogram", samples: series.all.flatMap(samplesOf) }),
  };
}

/** A single figure that is read elsewhere, at the moment of asking. */
export function reading(
  type: "counter" | "gauge",
  name: string,
  help: string,
  value: number,
  labels: Readonly<Record<string, string>> = {},
): Family {
  return { name, help, type, samples: [{ suffix: "", labels: Object.entries(labels), value }] };
}

/** The media type of the text. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The metrics as Prometheus reads them. */
export function metricsText(families: readonly Family[]): string {
  return families.map(familyText).join("");
}

function familyText({ name, help, type, samples }: Family): string {
  const head = `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n# TYPE ${name} ${type}\n`;
  const lines = samples.map(
    ({ suffix, labels, value }) => `${name}${suffix}${labelsText(labels)} ${numberText(value)}\n`,
  );
  return head + lines.join("");
}

function labelsText(labels: Sample["labels"]): string {
  if (labels.length === 0) return "";
  return `{${labels.map(([name, value]) => `${name}="${escaped(value)}"`).join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numberText(value: number): string {
  return value === Number.POSITIVE_INFINITY ? "+Inf" : String(value);
}
