import {
  byteOrderMark,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dollar,
  dot,
  doubleQuote,
  isDigit,
  isLetter,
  minus,
  openBrace,
  openBracket,
  plus,
  singleQuote,
  underscore,
} from "./characters.ts";
import { type Cursor, cursorOf, type Grammar, peek, refuse, unexpected } from "./cursor.ts";
import { readNumber } from "./read-number.ts";
import { readString } from "./read-string.ts";
import { resolveReferences } from "./references.ts";
import { type JsonContainer, type JsonMap, type JsonObject, type JsonValue, setMember } from "./value.ts";

/**
 * Reads a whole text in one pass. Linear in its length, whatever it holds.
 *
 * @throws {Fault} `grammar.fault`, with the offset of the first character that has no place there.
 */
export function read(text: string, grammar: Grammar): JsonValue {
  const cursor = cursorOf(text, grammar);
  if (!grammar.strict && text.charCodeAt(0) === byteOrderMark) cursor.at = 1;
  const value = readValue(cursor);
  if (!Number.isNaN(peek(cursor))) throw unexpected(cursor);
  return cursor.references.size === 0 ? value : resolveReferences(value, cursor.references, text.length);
}

function readValue(cursor: Cursor): JsonValue {
  const code = peek(cursor);
  if (code === doubleQuote) return readString(cursor, '"');
  if (isDigit(code) || code === minus) return readNumber(cursor);
  if (code === openBrace) return readObject(cursor);
  if (code === openBracket) return readArray(cursor);
  return readWord(cursor, code);
}

function readWord(cursor: Cursor, code: number): JsonValue {
  if (skipWord(cursor, "true")) return true;
  if (skipWord(cursor, "false")) return false;
  if (skipWord(cursor, "null")) return null;
  if (cursor.grammar.strict) throw unexpected(cursor);
  if (code === singleQuote) return readString(cursor, "'");
  if (skipWord(cursor, "NaN")) return Number.NaN;
  if (skipWord(cursor, "Infinity")) return Number.POSITIVE_INFINITY;
  throw unexpected(cursor);
}

function skipWord(cursor: Cursor, word: string): boolean {
  if (!cursor.text.startsWith(word, cursor.at)) return false;
  cursor.at += word.length;
  return true;
}

function readArray(cursor: Cursor): JsonValue[] {
  enter(cursor);
  const items: JsonValue[] = [];
  let code = peek(cursor);
  while (code !== closeBracket) {
    items.push(readValue(cursor));
    code = peek(cursor);
    if (code === comma) code = skipComma(cursor, closeBracket);
    else if (code !== closeBracket) throw unexpected(cursor);
  }
  leave(cursor);
  return items;
}

function readObject(cursor: Cursor): JsonObject | JsonMap {
  enter(cursor);
  const object: JsonObject = {};
  let map: JsonMap | undefined;
  let reference: string | undefined;
  let code = peek(cursor);
  for (let count = 0; code !== closeBrace; count++) {
    const key = readKey(cursor, code);
    if (peek(cursor) !== colon) throw unexpected(cursor);
    cursor.at++;
    const value = readValue(cursor);
    reference = count === 0 && key === "$ref" && typeof value === "string" ? value : undefined;
    if (map === undefined && typeof key === "string") setMember(object, key, value);
    else {
      map ??= new Map<JsonValue, JsonValue>(Object.entries(object));
      map.set(key, value);
    }
    code = peek(cursor);
    if (code === comma) code = skipComma(cursor, closeBrace);
    else if (code !== closeBrace) throw unexpected(cursor);
  }
  leave(cursor);
  if (reference !== undefined && !cursor.grammar.strict) cursor.references.set(object, reference);
  return map ?? object;
}

/** A key: a string, or in the dialect a bare word (its very characters), or a whole object or array. */
function readKey(cursor: Cursor, code: number): string | JsonContainer {
  if (code === doubleQuote) return readString(cursor, '"');
  if (cursor.grammar.strict) throw unexpected(cursor);
  if (code === singleQuote) return readString(cursor, "'");
  if (code === openBrace) return readObject(cursor);
  if (code === openBracket) return readArray(cursor);
  const { text } = cursor;
  const start = cursor.at;
  while (isBare(text.charCodeAt(cursor.at))) cursor.at++;
  if (cursor.at === start) throw unexpected(cursor);
  return text.slice(start, cursor.at);
}

/** Letters, digits, `_ $ - + .` and all beyond ASCII: numbers, `null`, `true` and identifiers. */
function isBare(code: number): boolean {
  if (isDigit(code) || isLetter(code)) return true;
  return code === minus || code === dot || code === underscore || code === dollar || code === plus || code > 0x7f;
}

/** Moves past a comma to what follows. The dialect lets one comma stand before the closing bracket. */
function skipComma(cursor: Cursor, close: number): number {
  cursor.at++;
  const code = peek(cursor);
  if (code === close && cursor.grammar.strict) throw unexpected(cursor);
  return code;
}

function enter(cursor: Cursor): void {
  const { maxDepth } = cursor.grammar;
  if (++cursor.depth > maxDepth) throw refuse(cursor, `more than ${maxDepth} levels`);
  cursor.at++;
}

function leave(cursor: Cursor): void {
  cursor.depth--;
  cursor.at++;
}
