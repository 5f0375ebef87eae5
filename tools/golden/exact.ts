/** JSON whose numbers keep their exact digits, so that a 64-bit offset passes through a tool unharmed. */

/** A number of a JSON text, as it was written there. */
export interface RawNumber {
  readonly rawJSON: string;
}
export type Exact = null | boolean | string | RawNumber | Exact[] | { [key: string]: Exact };
/** One golden sample: a JSON object. */
export type Sample = { [key: string]: Exact };

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const exactJson = JSON as unknown as {
  parse(text: string, reviver: Reviver): Exact;
  rawJSON(text: string): RawNumber;
};

export function parseExact(text: string): Exact {
  return exactJson.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined ? exactJson.rawJSON(source) : value,
  );
}

/** A value of ours in the form that {@link parseExact} gives. */
export function exactly(value: object): Sample {
  return parseExact(JSON.stringify(value)) as Sample;
}

/** The objects of a text that has one JSON object a line. */
export function samplesOf(output: string): Sample[] {
  const lines = output.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const sample = parseExact(line);
    if (!isObject(sample)) throw new Error(`Cannot read a sample: ${line}`);
    return sample;
  });
}

/** Strict JSON in ASCII on one line: no invisible character can hide in a diff. */
export function writeExact(value: Exact): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** An array with one element a line. */
export function writeLines(values: readonly Exact[]): string {
  return `[\n${values.map(writeExact).join(",\n")}\n]\n`;
}

export function isObject(value: Exact | undefined): value is Sample {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

/** Same meaning: the order of keys and the spelling of a number do not count. */
export function sameMeaning(a: Exact | undefined, b: Exact | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonical(a) === canonical(b);
}

function canonical(value: Exact): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`);
    return `{${entries.sort().join()}}`;
  }
  return isRawNumber(value) ? canonicalNumber(value.rawJSON) : JSON.stringify(value);
}

function canonicalNumber(digits: string): string {
  if (/^-?\d+$/.test(digits)) return BigInt(digits).toString();
  const number = Number(digits);
  return Number.isSafeInteger(number) ? BigInt(number).toString() : number.toString();
}

function isRawNumber(value: Exact): value is RawNumber {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null && "rawJSON" in value;
}
