import { backslash, hexDigitOf } from "./characters.ts";
import { type Cursor, unexpected } from "./cursor.ts";

/** What follows a backslash in every JSON, and the character meant. */
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** What fastjson reads besides: JSONLexerBase.scanString of 1.2.3 and 1.2.69. */
const fastjsonEscapes: Readonly<Record<string, string>> = {
  ...escapes,
  "'": "'",
  v: "\v",
  F: "\f",
  "0": "\0",
  "1": "\x01",
  "2": "\x02",
  "3": "\x03",
  "4": "\x04",
  "5": "\x05",
  "6": "\x06",
  "7": "\x07",
};

/** Reads a string; the cursor is at its opening quote and moves past the closing one. */
export function readString(cursor: Cursor, quote: '"' | "'"): string {
  const { text } = cursor;
  const start = cursor.at + 1;
  const end = text.indexOf(quote, start);
  if (end < 0) throw unexpected(cursor, text.length);
  if (cursor.escape < start) cursor.escape = indexOrEnd(text, start);
  if (cursor.escape < end) return readEscaped(cursor, start, quote.charCodeAt(0));
  if (cursor.grammar.strict) refuseControls(cursor, start, end);
  cursor.at = end + 1;
  return text.slice(start, end);
}

function indexOrEnd(text: string, start: number): number {
  const at = text.indexOf("\\", start);
  return at < 0 ? text.length : at;
}

function readEscaped(cursor: Cursor, start: number, quote: number): string {
  const { text, grammar } = cursor;
  let result = "";
  let from = start;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote || code === backslash) {
      if (grammar.strict) refuseControls(cursor, from, at);
      result += text.slice(from, at);
      cursor.at = at + 1;
      if (code === quote) return result;
      result += readEscape(cursor);
      from = at = cursor.at;
    } else if (at++ >= text.length) throw unexpected(cursor, text.length);
  }
}

/** The character that an escape means; the cursor is behind its backslash. */
function readEscape(cursor: Cursor): string {
  const { text, grammar } = cursor;
  const letter = text.charAt(cursor.at);
  if (letter === "u") return readHex(cursor, 4);
  if (letter === "x" && !grammar.strict) return readHex(cursor, 2);
  const meant = (grammar.strict ? escapes : fastjsonEscapes)[letter];
  if (meant === undefined) throw unexpected(cursor);
  cursor.at++;
  return meant;
}

function readHex(cursor: Cursor, digits: number): string {
  const end = cursor.at + 1 + digits;
  let code = 0;
  for (let at = cursor.at + 1; at < end; at++) {
    const digit = hexDigitOf(cursor.text.charCodeAt(at));
    if (digit < 0) throw unexpected(cursor, at);
    code = code * 16 + digit;
  }
  cursor.at = end;
  return String.fromCharCode(code);
}

function refuseControls(cursor: Cursor, from: number, to: number): void {
  for (let at = from; at < to; at++) if (cursor.text.charCodeAt(at) < 0x20) throw unexpected(cursor, at);
}
