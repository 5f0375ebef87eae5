import type { Command, CommandName } from "../../src/commands/command.ts";
import type { Route } from "../../src/http/route.ts";
import type { Generation } from "../../src/wire/versions.ts";
import type { Proved, ProvedByGeneration } from "./proved.ts";

/**
 * How a request code fares before real servers of a generation: it was sent and taken, or sent by a broker and answered;
 * done by others; said to be unsupported; or nothing of that.
 */
export type Mark = "yes" | "by others" | "by others or 501" | "501" | "no";

/** A request code of 3.2.6. */
export interface CoverageRow {
  readonly code: number;
  /** Its name in 3.2.6. */
  readonly name: string;
  /** The operations that send it, or do what it was meant for. */
  readonly routes: readonly string[];
  readonly marks: Readonly<Record<Generation, Mark>>;
}

export interface CoverageInput {
  /** The request codes of 3.2.6 with their names there. */
  readonly codes: readonly { readonly code: number; readonly name: string }[];
  readonly commandsOf: (code: number) => readonly Command[];
  readonly routes: readonly Route[];
  readonly proved: ProvedByGeneration;
}

/** A row for each request code. */
export function coverageRows({ codes, commandsOf, routes, proved }: CoverageInput): CoverageRow[] {
  return codes.map(({ code, name }) => {
    const names = commandsOf(code).map((command) => command.name);
    const own = { names, routes, code };
    const all = routes.filter(({ calls, emulates, hears }) =>
      [...calls, ...emulates, ...hears].some((one) => one.code === code),
    );
    return {
      code,
      name,
      routes: all.map(titleOf),
      marks: {
        "3.2.6": markOf(own, proved["3.2.6"]),
        "4.9.7": markOf(own, proved["4.9.7"]),
        "5.5.0": markOf(own, proved["5.5.0"]),
      },
    };
  });
}

interface Own {
  readonly code: number;
  readonly names: readonly string[];
  readonly routes: readonly Route[];
}

function markOf({ code, names, routes }: Own, { calls, asked, requests }: Proved): Mark {
  const has = (list: readonly CommandName[]) => list.some((one) => one.code === code);
  const answered = (route: Route, status: RegExp) =>
    requests.some((line) => line.startsWith(`${titleOf(route)} `) && status.test(line));
  if (names.some((name) => calls.includes(`${name} ok`) || calls.includes(`${name} oneway`) || asked.includes(name))) {
    return "yes";
  }
  const isDone = routes.some((route) => has(route.emulates) && answered(route, / 20[0-9]$/));
  const isRefused = routes.some((route) => has([...route.emulates, ...route.calls]) && answered(route, / 501$/));
  if (isDone) return isRefused ? "by others or 501" : "by others";
  return isRefused ? "501" : "no";
}

function titleOf({ method, path }: Route): string {
  return `${method} ${path}`;
}
