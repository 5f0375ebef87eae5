/** `npm run check`: format and lint, types, and the types as Deno sees them where a Deno is at hand. */
import { projectRoot, run } from "./run.ts";

const denoEntry = "src/runtime/deno.ts";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** Runs every check, the later ones too when one fails. Returns the names of those that failed. */
export async function check(): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, command } of steps()) {
    console.log(`== ${name}`);
    const { exitCode } = await run(command);
    if (exitCode !== 0) failed.push(name);
  }
  return failed;
}

function steps(): Step[] {
  const deno = findDeno();
  return [
    { name: "format and lint", command: ["node_modules/.bin/biome", "check", "--error-on-warnings"] },
    { name: "types", command: ["node_modules/.bin/tsc", "-p", "."] },
    ...(deno ? [{ name: "types on Deno", command: [deno, "check", denoEntry] }] : []),
  ];
}

/** The Deno that `npm run test:setup` installs, or one of the machine's own. */
function findDeno(): string | null {
  const installed = new Bun.Glob("test/runtimes/node_modules/@deno/*/deno").scanSync(projectRoot);
  return [...installed].map((path) => `${projectRoot}/${path}`)[0] ?? Bun.which("deno");
}

if (import.meta.main) {
  const failed = await check();
  if (failed.length > 0) console.error(`Cannot pass: ${failed.join(", ")}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
