import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { type Import, importsIn } from "./imports.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** A source file with what the rules look at. */
export interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly tokens: readonly Token[];
}

const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Every TypeScript file of `src` and `routes`, sorted by path. */
export async function readHouse(root: string = projectRoot): Promise<SourceFile[]> {
  const glob = new Bun.Glob("{src,routes}/**/*.ts");
  const paths = [...glob.scanSync(root)].map((path) => path.replaceAll("\\", "/")).sort();
  return Promise.all(paths.map(async (path) => sourceFile(path, await Bun.file(`${root}/${path}`).text())));
}

/** One file of the graph, from its text. */
export function sourceFile(path: string, source: string): SourceFile {
  const tokens = tokensOf(source);
  return { path, imports: importsIn(tokens), tokens };
}

/** The file that a relative specifier names, from the root of the project; undefined for a package. */
export function targetOf(from: string, specifier: string): string | undefined {
  return /^\.{1,2}\//.test(specifier) ? posix.join(posix.dirname(from), specifier) : undefined;
}

/** The room that a file belongs to; undefined outside the house. */
export function roomOf(path: string): string | undefined {
  if (path.startsWith("routes/")) return "routes";
  return /^src\/([^/]+?)(?:\.ts$|\/)/.exec(path)?.[1];
}
