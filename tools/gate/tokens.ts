/** A piece of TypeScript: a name or number, the content of a string, or a punctuation mark. */
export interface Token {
  readonly kind: "word" | "text" | "mark";
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const word = /[\p{ID_Start}$_#\d][\p{ID_Continue}$]*/uy;
const quoted = /"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'/y;
const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const templateText = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

/** Words behind which a slash opens a regular expression; behind other words it divides. */
const beforeOperand = new Set(
  "return typeof case in of delete void throw new do else await yield instanceof".split(" "),
);

/**
 * Cuts TypeScript into tokens, comments and the text of regular expressions left out. It knows just enough of the
 * language to never take a comment, a string or a template for code; the code inside a template's braces counts.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  // What the next closing brace closes: a block, or a substitution in a template.
  const open: ("{" | "${")[] = [];
  let at = 0;
  let line = 1;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) advance(match[0].length);
    return match;
  }

  function advance(length: number): void {
    for (const end = at + length; at < end; at++) if (source[at] === "\n") line++;
  }

  function push(kind: Token["kind"], text: string, startLine: number): void {
    tokens.push({ kind, text, line: startLine });
  }

  /** Reads on in a template, up to its end or its next substitution. */
  function template(): void {
    const startLine = line;
    push("text", take(templateText)?.[0] ?? "", startLine);
    const isOver = source[at] !== "$";
    advance(isOver ? 1 : 2);
    if (isOver) return;
    open.push("${");
    // A mark between the parts, so that nobody takes a part for the whole.
    push("mark", "${", line);
  }

  function mark(text: string): void {
    const startLine = line;
    advance(1);
    if (text === "{") open.push("{");
    // A brace that closes a substitution leads back into its template.
    if (text === "`" || (text === "}" && open.pop() === "${")) template();
    else push("mark", text, startLine);
  }

  while (at < source.length) {
    const startLine = line;
    if (take(blank)) continue;
    const name = take(word);
    const string = name ? null : take(quoted);
    if (name) push("word", name[0], startLine);
    else if (string) push("text", string[1] ?? string[2] ?? "", startLine);
    else if (!(source[at] === "/" && opensRegex(tokens.at(-1)) && take(regex))) mark(source[at] as string);
  }
  return tokens;
}

function opensRegex(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "word") return beforeOperand.has(before.text);
  return before.kind === "mark" && !")]}".includes(before.text);
}
