import { Fault } from "../errors.ts";
import type { JsonContainer, JsonMap, JsonObject, JsonValue } from "./value.ts";

/** Arrays and objects within one another. The writer recurses; what the readers give is at most 256 deep. */
const maxDepth = 512;

/** How many pieces wait to be joined. */
const maxPieces = 4_096;

/** How values become text. */
export interface Style {
  /** White space for each level; the empty text writes all in one line. */
  readonly indent: string;
  /** Whether a bigint is written in quotes. */
  readonly quoteBigint: boolean;
  /** Whether members that are null are left out, as those that are undefined always are. */
  readonly omitNull: boolean;
  /** The longest text that may come out, in UTF-16 units: objects shared by reference can make it exponential. */
  readonly maxChars: number;
  /** Writes a map, from its opening bracket to its closing one. */
  readonly writeMap: (output: Output, map: JsonMap) => void;
}

/** A text being written. */
export interface Output {
  readonly style: Style;
  /** What is written and joined, and what not yet: a text grown piece by piece costs far more memory. */
  text: string;
  readonly pieces: string[];
  /** The length of both. */
  chars: number;
  /** The arrays and objects that are open, from the root down. */
  readonly open: object[];
}

/**
 * @throws {Fault} `undecodable` for a value that contains itself, nests too deep or comes out too long: what a server
 * sent can be all of these, what the gateway makes itself cannot.
 */
export function write(value: JsonValue, style: Style): string {
  const output: Output = { style, text: "", pieces: [], chars: 0, open: [] };
  writeValue(output, value);
  return output.text + output.pieces.join("");
}

export function writeValue(output: Output, value: JsonValue | undefined): void {
  if (typeof value === "object" && value !== null) writeContainer(output, value);
  else emit(output, scalarText(value, output.style));
}

function scalarText(value: null | undefined | boolean | number | bigint | string, style: Style): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return style.quoteBigint ? `"${value}"` : String(value);
  if (value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "null";
  return String(value);
}

function writeContainer(output: Output, value: JsonContainer): void {
  const { open, style } = output;
  if (open.length >= maxDepth) throw refuse(output, `it nests more than ${maxDepth} levels`);
  open.push(value);
  if (Array.isArray(value)) writeArray(output, value);
  else if (value instanceof Map) style.writeMap(output, value);
  else writeObject(output, value);
  open.pop();
}

export function writeArray(output: Output, items: Iterable<JsonValue>): void {
  emit(output, "[");
  let first = true;
  for (const item of items) {
    separate(output, first);
    first = false;
    writeValue(output, item);
  }
  close(output, first, "]");
}

export function writeObject(output: Output, object: JsonObject): void {
  const colon = output.style.indent === "" ? ":" : ": ";
  emit(output, "{");
  let first = true;
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (omits(output, value)) continue;
    separate(output, first);
    first = false;
    emit(output, JSON.stringify(key) + colon);
    writeValue(output, value);
  }
  close(output, first, "}");
}

/**
 * Whether a member is left out. It counts as a character then: an object that is shared could otherwise make the
 * writer skip its members without end.
 */
export function omits(output: Output, value: JsonValue | undefined): boolean {
  const omitted = value === undefined || (output.style.omitNull && value === null);
  if (omitted) count(output, 1);
  return omitted;
}

/** Begins the next item: a comma unless it is the first, and a line of its own when lines are indented. */
export function separate(output: Output, first: boolean): void {
  const { open, style } = output;
  const comma = first ? "" : ",";
  emit(output, style.indent === "" ? comma : `${comma}\n${style.indent.repeat(open.length)}`);
}

/** Ends an array or object, `empty` or not. */
export function close(output: Output, empty: boolean, bracket: string): void {
  const { open, style } = output;
  emit(output, empty || style.indent === "" ? bracket : `\n${style.indent.repeat(open.length - 1)}${bracket}`);
}

export function emit(output: Output, piece: string): void {
  const { pieces } = output;
  count(output, piece.length);
  if (pieces.push(piece) < maxPieces) return;
  output.text += pieces.join("");
  pieces.length = 0;
}

function count(output: Output, chars: number): void {
  const { maxChars } = output.style;
  output.chars += chars;
  if (output.chars > maxChars) throw refuse(output, `it is longer than ${maxChars} characters`);
}

/** A cycle shows in that one of the limits is met: looking for it at every object would cost more. */
function refuse({ open }: Output, reason: string): Fault {
  const cyclic = new Set(open).size < open.length;
  return new Fault("undecodable", `Cannot write JSON: ${cyclic ? "an object contains itself" : reason}`);
}
