import type { CoverageRow } from "./rows.ts";

/** The page docs/coverage.md. */
export function coveragePage(rows: readonly CoverageRow[]): string {
  const cells = rows.map(({ code, name, routes, marks }) => [
    String(code),
    name,
    routes.map((route) => `\`${route}\``).join("<br>"),
    marks["3.2.6"],
    marks["4.9.7"],
    marks["5.5.0"],
  ]);
  const table = [["Code", "Name", "Operations", "3.2.6", "4.9.7", "5.5.0"], Array(6).fill("---"), ...cells];
  return `${[
    "# Coverage",
    "<!-- Written by `npm run coverage` -->",
    "The request codes of RocketMQ 3.2.6, the operations that stand for them, and what the suites before real servers of each " +
      "generation have seen: `yes` where a server took the request, or sent it and was answered; `by others` where no server " +
      "answers it, and others do what it was meant for; `501` where the gateway says that this can't be done.",
    table.map((row) => `| ${row.join(" | ")} |`).join("\n"),
  ].join("\n\n")}\n`;
}

/** The same for a terminal. */
export function coverageText(rows: readonly CoverageRow[]): string {
  const lines = rows.map(({ code, name, routes, marks }) =>
    [
      String(code).padStart(4),
      name.padEnd(36),
      ...Object.values(marks).map((mark) => mark.padEnd(9)),
      routes.join(", "),
    ].join("  "),
  );
  return [`code  ${"name".padEnd(36)}  3.2.6      4.9.7      5.5.0      operations`, ...lines].join("\n");
}
