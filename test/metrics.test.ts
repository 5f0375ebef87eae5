import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createCounter, createHistogram, metricsText, reading } from "../src/metrics.ts";

describe("a counter", () => {
  test("counts apart for every combination of labels", () => {
    const counter = createCounter("calls_total", "Calls.", ["code", "outcome"]);
    counter.count("a", "ok");
    counter.count("a", "failed");
    counter.count("a", "ok");
    expect(metricsText([counter.family()])).toBe(
      [
        "# HELP calls_total Calls.",
        "# TYPE calls_total counter",
        'calls_total{code="a",outcome="ok"} 2',
        'calls_total{code="a",outcome="failed"} 1',
        "",
      ].join("\n"),
    );
  });

  test("that has counted nothing is named all the same", () => {
    expect(metricsText([createCounter("c_total", "C.", ["l"]).family()])).toBe(
      "# HELP c_total C.\n# TYPE c_total counter\n",
    );
  });
});

describe("a histogram", () => {
  test("has cumulated buckets whose bounds are inclusive, a sum and a count", () => {
    const histogram = createHistogram("t_seconds", "Time.", ["route"], [0.25, 1]);
    for (const seconds of [0, 0.25, 0.5, 1, 1.5]) histogram.observe(seconds, "/a");
    expect(metricsText([histogram.family()])).toBe(
      [
        "# HELP t_seconds Time.",
        "# TYPE t_seconds histogram",
        't_seconds_bucket{route="/a",le="0.25"} 2',
        't_seconds_bucket{route="/a",le="1"} 4',
        't_seconds_bucket{route="/a",le="+Inf"} 5',
        't_seconds_sum{route="/a"} 3.25',
        't_seconds_count{route="/a"} 5',
        "",
      ].join("\n"),
    );
  });

  test("counts every observation in exactly the buckets that it fits into", () => {
    const bounds = [1, 2, 5];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 7 })), (values) => {
        const histogram = createHistogram("h", "H.", [], bounds);
        for (const value of values) histogram.observe(value);
        const figures = histogram.family().samples.map(({ suffix, value }) => [suffix, value]);
        const upTo = (bound: number) => values.filter((value) => value <= bound).length;
        const counts = [...bounds, Number.POSITIVE_INFINITY].map((bound) => ["_bucket", upTo(bound)]);
        const sum = values.reduce((all, value) => all + value, 0);
        expect(figures).toEqual(values.length === 0 ? [] : [...counts, ["_sum", sum], ["_count", values.length]]);
      }),
    );
  });
});

test("a reading is one figure, and what would break a line is escaped", () => {
  const help = "A \\ and\na line.";
  const family = reading("gauge", "info", help, 1, { version: '1"\\\n2', runtime: "r" });
  expect(metricsText([family])).toBe(
    '# HELP info A \\\\ and\\na line.\n# TYPE info gauge\ninfo{version="1\\"\\\\\\n2",runtime="r"} 1\n',
  );
  expect(metricsText([reading("counter", "c_total", "C.", 1.5)])).toEndWith("# TYPE c_total counter\nc_total 1.5\n");
});
