import { afterAll, beforeAll, describe, test } from "bun:test";
import type { Found } from "../runtimes/find.ts";
import { machineLacks } from "./machine.ts";
import type { Outcome } from "./runner.ts";
import type { Case, Need } from "./subject.ts";

/** A subject that runs, in this process or in another one. */
export interface Runner {
  readonly outcome: (one: Case) => Promise<Outcome>;
  readonly stop: () => unknown;
}

export interface Registration {
  /** What the subject cannot do, each with the reason. */
  readonly lacks?: Partial<Record<Need, string>>;
  /** The program of the runtime, which may not be there. */
  readonly program?: Found;
  /** Gets the cases that are to be run. */
  readonly start: (cases: readonly Case[]) => Promise<Runner>;
}

/** Longer than a case takes that times out by itself. */
const testTimeoutMillis = 30_000;

/**
 * Registers one test per case. What the subject lacks is skipped, with the reason in the name. So is everything when the
 * runtime is not there, but in CI that is a failure: a run that tests nothing must not look good.
 */
export function register(subject: string, cases: readonly Case[], { program, start, ...more }: Registration): void {
  const lacks = { ...machineLacks, ...more.lacks };
  const missing = process.env.CI === "true" ? undefined : program?.missing;
  const reasonToSkip = ({ needs = [] }: Case) => missing ?? needs.map((need) => lacks[need]).find(Boolean);
  const runnable = cases.filter((one) => !reasonToSkip(one));
  let runner: Runner | undefined;

  const run = async (one: Case) => {
    if (!runner) throw new Error("the subject did not start");
    const { error } = await runner.outcome(one);
    if (error) throw new Error(error);
  };

  describe(`transport contract on ${subject}`, () => {
    if (!missing) {
      beforeAll(async () => {
        runner = await start(runnable);
      }, testTimeoutMillis);
    }
    afterAll(() => runner?.stop());

    for (const one of cases) {
      const reason = reasonToSkip(one);
      if (reason) test.skip(`${one.name} (${reason})`, () => {});
      else test(one.name, () => run(one), testTimeoutMillis);
    }
  });
}

/** The program's path; throws when it is missing. */
export function pathOf(program: Found): string {
  if (program.missing !== undefined) throw new Error(`Cannot test this runtime: ${program.missing}`);
  return program.path;
}
