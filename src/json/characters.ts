/** Character codes that JSON gives a meaning. */
export const doubleQuote = 0x22;
export const dollar = 0x24;
export const singleQuote = 0x27;
export const plus = 0x2b;
export const comma = 0x2c;
export const minus = 0x2d;
export const dot = 0x2e;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const underscore = 0x5f;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const byteOrderMark = 0xfeff;

const zero = 0x30;

/** The value of a decimal digit; anything else gives what is below 0 or above 9, or `NaN` at the end of a text. */
export function digitOf(code: number): number {
  return code - zero;
}

export function isDigit(code: number): boolean {
  return code >= zero && code <= 0x39;
}

/** Whether it is A to Z or a to z. */
export function isLetter(code: number): boolean {
  const upper = code & ~0x20;
  return upper >= 0x41 && upper <= 0x5a;
}

/** The value of a hexadecimal digit, -1 for anything else. */
export function hexDigitOf(code: number): number {
  if (isDigit(code)) return code - zero;
  const upper = code & ~0x20;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** Space, tab and the two line ends, and no other. */
export function isSpace(code: number): boolean {
  return code <= 0x20 && (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09);
}
