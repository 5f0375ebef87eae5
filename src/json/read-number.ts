import { digitOf, dot, isDigit, minus, plus } from "./characters.ts";
import { type Cursor, refuse, unexpected } from "./cursor.ts";
import { int64, maxIntegerDigits } from "./value.ts";

/** Any integer of so many digits is a safe integer. */
const safeDigits = 15;

/** Reads a number; the cursor is at its sign or first digit and moves past the last character. */
export function readNumber(cursor: Cursor): number | bigint {
  const { text } = cursor;
  const start = cursor.at;
  const negative = text.charCodeAt(start) === minus;
  const first = negative ? start + 1 : start;
  if (negative && !cursor.grammar.strict && text.startsWith("Infinity", first)) {
    cursor.at = first + 8;
    return -Infinity;
  }
  const end = digitOf(text.charCodeAt(first)) === 0 ? first + 1 : skipDigits(cursor, first);
  const next = text.charCodeAt(end);
  if (next === dot || isExponent(next)) return readFraction(cursor, start, end);
  cursor.at = end;
  if (end - first > safeDigits) return readLong(cursor, start, end);
  let value = 0;
  for (let at = first; at < end; at++) value = value * 10 + digitOf(text.charCodeAt(at));
  return negative ? -value : value;
}

function readFraction(cursor: Cursor, start: number, end: number): number {
  const { text } = cursor;
  let at = end;
  if (text.charCodeAt(at) === dot) at = skipDigits(cursor, at + 1);
  if (isExponent(text.charCodeAt(at))) {
    const sign = text.charCodeAt(at + 1);
    at = skipDigits(cursor, sign === plus || sign === minus ? at + 2 : at + 1);
  }
  cursor.at = at;
  return Number(text.slice(start, at));
}

function readLong(cursor: Cursor, start: number, end: number): number | bigint {
  if (end - start > maxIntegerDigits) throw refuse(cursor, `an integer of more than ${maxIntegerDigits} digits`, start);
  return int64(BigInt(cursor.text.slice(start, end)));
}

/** Whether it is e or E. */
function isExponent(code: number): boolean {
  return code === 0x65 || code === 0x45;
}

/** The offset behind a run of digits, of which there must be one at least. */
function skipDigits(cursor: Cursor, start: number): number {
  const { text } = cursor;
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  if (at === start) throw unexpected(cursor, at);
  return at;
}
