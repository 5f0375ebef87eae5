import type { Outcome } from "../discovery/outcome.ts";
import { Nullable, Type } from "../schema/types.ts";
import { versionName } from "../wire/version-names.ts";
import { type Generation, generationOf } from "../wire/versions.ts";
import { ListOf } from "./list.ts";
import { isDefect, publicFault } from "./problem.ts";
import type { Answer } from "./route.ts";

const line: Readonly<Record<Generation, string>> = { "3.2.6": "3.x", "4.9.7": "4.x", "5.5.0": "5.x" };

/** How each name server is. */
export const NameServersHealth = ListOf(
  Type.Object({
    nameServer: Type.String({ description: "host:port" }),
    reachable: Type.Boolean({ description: "whether it answered, in time and as a name server does" }),
    version: Type.Union([Type.Integer({ minimum: 0, maximum: 0xffff }), Type.Null()], {
      description: "MQVersion ordinal in its answer, null without one",
      examples: [513],
    }),
    versionName: Nullable(Type.String({ description: "name of the version", examples: ["V5_5_0"] })),
    generation: Nullable(Type.String({ description: "line of releases: 3.x, 4.x or 5.x", examples: ["5.x"] })),
    elapsedMs: Type.Number({ description: "how long it took to answer, or to give it up" }),
    remark: Nullable(Type.String({ description: "why it can't be reached" })),
    problem: Type.Optional(
      Type.String({ description: "what went wrong where it can't be reached", examples: ["timeout"] }),
    ),
  }),
);

/** The answer that shows them, from the version that each one told. */
export function nameServersHealth(outcomes: readonly Outcome<number>[]): Answer {
  const defects = outcomes.flatMap((outcome) => (outcome.ok || !isDefect(outcome.fault) ? [] : [outcome.fault]));
  const body = { data: outcomes.map(healthRow), next: null };
  return { status: 200, body, ...(defects.length > 0 && { defects }) };
}

function healthRow(outcome: Outcome<number>): object {
  const { target: nameServer, elapsedMillis: elapsedMs, ok: reachable } = outcome;
  if (!outcome.ok) {
    const { fault: problem, message: remark } = publicFault(outcome.fault);
    return { nameServer, reachable, version: null, versionName: null, generation: null, elapsedMs, remark, problem };
  }
  const { value: version } = outcome;
  const generation = line[generationOf(version)];
  return { nameServer, reachable, version, versionName: versionName(version), generation, elapsedMs, remark: null };
}
