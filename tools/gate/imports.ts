import type { Token } from "./tokens.ts";

/** One import of a file; type imports, re-exports and `import("…")` are imports too. */
export interface Import {
  /** As written. Null when it is computed, so that nobody can tell what it names. */
  readonly specifier: string | null;
  readonly line: number;
}

/** Every import in the tokens of a file, in the order in which they stand. */
export function importsIn(tokens: readonly Token[]): Import[] {
  const imports: Import[] = [];
  for (const [index, { text, line }] of tokens.entries()) {
    if (!isKeyword(tokens, index)) continue;
    const isCall = text === "import" && isMark(tokens[index + 1], "(");
    const specifier = isCall ? firstArgument(tokens, index + 2) : declaredSource(tokens, index);
    if (specifier !== undefined) imports.push({ specifier, line });
  }
  return imports;
}

/** `x.import` and `{ import: … }` are names of members, `import.meta` imports nothing. */
function isKeyword(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind !== "word" || (token.text !== "import" && token.text !== "export")) return false;
  const next = tokens[index + 1];
  return !isMark(tokens[index - 1], ".") && !isMark(next, ":") && !isMark(next, ".");
}

/** The literal that is the whole first argument, else null. */
function firstArgument(tokens: readonly Token[], index: number): string | null {
  const [literal, end] = [tokens[index], tokens[index + 1]];
  const isWhole = isMark(end, ")") || isMark(end, ",");
  return literal?.kind === "text" && isWhole ? literal.text : null;
}

/** What the declaration at this keyword imports from, undefined when it is no import. */
function declaredSource(tokens: readonly Token[], keyword: number): string | undefined {
  const next = tokens[keyword + 1];
  if (tokens[keyword]?.text === "import" && next?.kind === "text") return next.text;
  let isInBraces = false;
  for (let at = keyword + 1; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const source = tokens[at + 1];
    if (!isInBraces && token.text === "from" && source?.kind === "text") return source.text;
    if (isMark(token, "{") && !isInBraces) isInBraces = true;
    else if (isMark(token, "}")) isInBraces = false;
    // What neither an import nor a re-export can hold: `export const x = …`, `export function f(…)`.
    else if (token.kind === "mark" ? !"*,".includes(token.text) : !isInBraces && declaring.has(token.text)) return;
  }
}

const declaring = new Set("const let var function class interface enum async abstract default namespace".split(" "));

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}
