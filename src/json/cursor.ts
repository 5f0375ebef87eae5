import { Fault, type FaultName } from "../errors.ts";
import { isSpace } from "./characters.ts";
import type { JsonValue } from "./value.ts";

/** Which texts are taken, and what a bad one is called. */
export interface Grammar {
  /** Strict JSON, or what fastjson writes and reads. */
  readonly strict: boolean;
  /** The fault of a bad text. */
  readonly fault: FaultName;
  /** How deep arrays and objects may nest. The reader recurses, so keep it below some 1,000. */
  readonly maxDepth: number;
}

/** A text being read, and how far. One object, so that the small functions of the reader can share it. */
export interface Cursor {
  readonly text: string;
  readonly grammar: Grammar;
  /** The offset of the next character, in UTF-16 units. */
  at: number;
  /** How many arrays and objects are open. */
  depth: number;
  /** The first backslash at or after the last string read: strings that end before it are slices of the text. */
  escape: number;
  /** Objects that stand for another one, and its path: see references.ts. */
  readonly references: Map<JsonValue, string>;
}

export function cursorOf(text: string, grammar: Grammar): Cursor {
  return { text, grammar, at: 0, depth: 0, escape: -1, references: new Map() };
}

/** Moves past white space and gives the character there, `NaN` at the end of the text. */
export function peek(cursor: Cursor): number {
  const { text } = cursor;
  let at = cursor.at;
  let code = text.charCodeAt(at);
  while (isSpace(code)) code = text.charCodeAt(++at);
  cursor.at = at;
  return code;
}

/** The fault of a character, or of the end of the text, where the grammar has no place for it. */
export function unexpected(cursor: Cursor, at = cursor.at): Fault {
  const code = cursor.text.codePointAt(at);
  const what = code === undefined ? "end of text" : JSON.stringify(String.fromCodePoint(code));
  return refuse(cursor, `unexpected ${what}`, at);
}

export function refuse(cursor: Cursor, reason: string, at = cursor.at): Fault {
  return new Fault(cursor.grammar.fault, `Cannot parse JSON: ${reason} at offset ${at}`);
}
