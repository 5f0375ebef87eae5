import { type Generation, generationOf } from "../../src/wire/versions.ts";

/** What one gateway did before real servers. */
export interface Done {
  /** MQVersion ordinal of its name server. */
  readonly version: number;
  /** Its metrics as Prometheus reads them. */
  readonly metrics: string;
}

/** What the suites before real servers of one generation did, each list sorted. */
export interface Proved {
  /** `COMMAND outcome` of what was sent. */
  readonly calls: readonly string[];
  /** Names of commands that brokers sent. */
  readonly asked: readonly string[];
  /** `METHOD /route status` of what was answered. */
  readonly requests: readonly string[];
}

export type ProvedByGeneration = Readonly<Record<Generation, Proved>>;

/** All of it together. */
export function provedBy(all: readonly Done[]): ProvedByGeneration {
  const of = (generation: Generation) => provedIn(all.filter(({ version }) => generationOf(version) === generation));
  return { "3.2.6": of("3.2.6"), "4.9.7": of("4.9.7"), "5.5.0": of("5.5.0") };
}

/** What either of them has. */
export function together(one: ProvedByGeneration, other: ProvedByGeneration): ProvedByGeneration {
  const of = (generation: Generation): Proved => ({
    calls: union(one[generation].calls, other[generation].calls),
    asked: union(one[generation].asked, other[generation].asked),
    requests: union(one[generation].requests, other[generation].requests),
  });
  return { "3.2.6": of("3.2.6"), "4.9.7": of("4.9.7"), "5.5.0": of("5.5.0") };
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}

function provedIn(all: readonly Done[]): Proved {
  const seen = (name: string, ...labels: string[]) => {
    const lines = all.flatMap(({ metrics }) => metrics.split("\n"));
    const own = lines.filter((line) => line.startsWith(`rocketmq_gateway_${name}{`));
    return [...new Set(own.map((line) => labels.map((label) => labelOf(line, label)).join(" ")))].sort();
  };
  return {
    calls: seen("upstream_calls_total", "command", "outcome"),
    asked: seen("broker_requests_total", "command"),
    requests: seen("http_requests_total", "method", "route", "status"),
  };
}

function labelOf(line: string, label: string): string {
  return new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1] ?? "";
}
