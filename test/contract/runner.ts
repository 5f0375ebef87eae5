import type { Case, Setting, Subject } from "./subject.ts";

/** What came of one case; one line of JSON on its way between processes. */
export interface Outcome {
  readonly name: string;
  /** Why it failed; absent when it passed. */
  readonly error?: string;
}

/** What a process of another runtime is told: its first argument, as JSON. */
export interface Job {
  readonly setting: Setting;
  /** The names of the cases to run. */
  readonly names: readonly string[];
}

/** A case that hangs fails by itself, so that those after it still run. */
const caseTimeoutMillis = 20_000;

/** Runs one case. Never rejects. */
export async function runCase({ name, run }: Case, subject: Subject): Promise<Outcome> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${caseTimeoutMillis} ms`)), caseTimeoutMillis);
  });
  try {
    await Promise.race([run(subject), late]);
    return { name };
  } catch (error) {
    return { name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Runs the cases of a job one after the other and prints a line for each. */
export async function runJob(job: string, cases: readonly Case[], adapter: Pick<Subject, "connect" | "listen">) {
  const { setting, names }: Job = JSON.parse(job);
  for (const one of cases) {
    if (names.includes(one.name)) console.log(JSON.stringify(await runCase(one, { ...setting, ...adapter })));
  }
}
